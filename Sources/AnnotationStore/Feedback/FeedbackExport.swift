internal import Foundation
internal import GRDB
public import PreferenceData

/// What users have said, as records to train on.
///
/// Ratings of one response by several people become one label: the sign of the sum of their signs. So do
/// preferences among the same two responses. Each identifier has one voice: the sign of its ratings
/// together, and the latest of its preferences. Equal corrections of one response are one.
public struct FeedbackExport: Sendable {
  /// `prompt`, `completion`, `label`: one record a response with ratings.
  public private(set) var unpaired: [JSONObject] = []
  /// `prompt`, `chosen`, `rejected`: corrections, then regenerations, then contrasts.
  public private(set) var preferences: [JSONObject] = []
  /// What became of the feedback.
  public private(set) var summary = FeedbackExportSummary()

  private let options: FeedbackExportOptions
  private let responses: [String: ServedResponse]

  init(_ options: FeedbackExportOptions, _ responses: [ServedResponse], _ feedback: [Feedback]) {
    self.options = options
    self.responses = Dictionary(uniqueKeysWithValues: responses.map { ($0.id, $0) })
    summary.feedback = feedback.count
    let kept = kept(feedback)
    let byResponse = Dictionary(grouping: kept, by: \.response)
    let rated = responses.compactMap { response in
      RatedResponse(response, byResponse[response.id] ?? [])
    }
    for rated in rated { addUnpaired(rated) }
    var corrections: Set<[String]> = []
    for feedback in kept { addCorrection(feedback, &corrections) }
    addRegenerations(kept)
    if options.hasContrasts { addContrasts(rated) }
  }

  private mutating func kept(_ feedback: [Feedback]) -> [Feedback] {
    feedback.filter { feedback in
      guard let response = responses[feedback.response],
        options.since.map({ feedback.createdAt >= $0 }) ?? true,
        options.until.map({ feedback.createdAt < $0 }) ?? true,
        options.policy.map({ response.policy == $0 }) ?? true,
        options.arm.map({ response.arm == $0 }) ?? true
      else {
        summary.omit(.outside)
        return false
      }
      guard feedback.consent || options.includesUnconsented else {
        summary.omit(.unconsented)
        return false
      }
      if feedback.score == nil, feedback.preferredID == nil, feedback.correction == nil {
        summary.omit(.wordsOnly)
      }
      return true
    }
  }

  private mutating func addUnpaired(_ rated: RatedResponse) {
    guard rated.votes != 0 else { return summary.omit(.undecided) }
    let response = rated.response
    let completion = response.passage(of: response.completion)
    guard !completion.isBlank else { return summary.omit(.blank) }
    let isGood = rated.votes > 0
    if isGood { summary.desirable += 1 }
    unpaired.append(
      row(
        [
          "prompt": response.prompt.value, "completion": completion.value,
          "label": .boolean(isGood),
        ], .rating, about: response, at: rated.ratedAt))
  }

  private mutating func addCorrection(_ feedback: Feedback, _ known: inout Set<[String]>) {
    guard let typed = feedback.correction, let response = responses[feedback.response] else {
      return
    }
    // A model's answer begins with the blank that follows the mark before it, and nobody types that: without it
    // training would learn to leave it out.
    let blanks = response.completion.prefix(while: \.isWhitespace)
    let correction = typed.first?.isWhitespace == true ? typed : blanks + typed
    guard known.insert([response.id, correction]).inserted else { return summary.omit(.repeated) }
    addPair(
      chosen: correction, over: response, [:], .correction, at: feedback.createdAt)
  }

  private mutating func addRegenerations(_ feedback: [Feedback]) {
    var (pairs, order) = ([Set<String>: [Feedback]](), [Set<String>]())
    for feedback in feedback {
      guard let preferred = feedback.preferredID else { continue }
      let pair: Set = [feedback.response, preferred]
      if pairs[pair] == nil { order.append(pair) }
      pairs[pair, default: []].append(feedback)
    }
    for given in order.compactMap({ pairs[$0] }) {
      // The other way round later is a change of mind too.
      let votes = Dictionary(given.map { ($0.identifier, $0) }, uniquingKeysWith: { $1 }).values
      let against = Dictionary(grouping: votes, by: \.response)
      guard let most = against.values.map(\.count).max(), let latest = votes.map(\.createdAt).max(),
        2 * most != votes.count
      else {
        summary.omit(.tied)
        continue
      }
      guard let worse = against.first(where: { $0.value.count == most })?.value.first,
        let rejected = responses[worse.response],
        let chosen = worse.preferredID.flatMap({ responses[$0] })
      else { preconditionFailure("feedback refers to responses that are kept") }
      addPair(
        chosen: chosen.completion, over: rejected,
        [
          "agreement": .number(Double(most) / Double(votes.count)),
          "chosen_id": .string(chosen.id),
        ], .regeneration, at: latest)
    }
  }

  private mutating func addContrasts(_ rated: [RatedResponse]) {
    var known = Set(preferences.compactMap(PairOfTexts.init))
    for contrast in RatedResponse.contrasts(of: rated) {
      let (chosen, rejected) = (contrast.chosen.response, contrast.rejected.response)
      let texts = PairOfTexts(
        prompt: rejected.prompt.value, chosen: rejected.passage(of: chosen.completion).value,
        rejected: rejected.passage(of: rejected.completion).value)
      guard known.insert(texts).inserted else {
        summary.omit(.repeated)
        continue
      }
      addPair(
        chosen: chosen.completion, over: rejected, ["chosen_id": .string(chosen.id)], .contrast,
        at: max(contrast.chosen.ratedAt, contrast.rejected.ratedAt))
    }
  }

  private mutating func addPair(
    chosen: String, over response: ServedResponse, _ further: JSONObject, _ source: FeedbackSource,
    at moment: Date
  ) {
    let (chosen, rejected) = (
      response.passage(of: chosen), response.passage(of: response.completion)
    )
    guard !chosen.isBlank, !rejected.isBlank else { return summary.omit(.blank) }
    guard chosen != rejected else { return summary.omit(.identical) }
    var fields: JSONObject = [
      "prompt": response.prompt.value, "chosen": chosen.value, "rejected": rejected.value,
    ]
    for member in further.members { fields.set(member.name, to: member.value) }
    preferences.append(row(fields, source, about: response, at: moment))
  }

  /// A record with where it comes from.
  private mutating func row(
    _ fields: JSONObject, _ source: FeedbackSource, about response: ServedResponse, at moment: Date
  ) -> JSONObject {
    summary.records[source, default: 0] += 1
    var row = fields
    row.set("response_id", to: .string(response.id))
    row.set("policy", to: .string(response.policy))
    if let arm = response.arm { row.set("arm", to: .string(arm)) }
    row.set("source", to: .string(source.rawValue))
    if let lineage = options.lineage { row.set("lineage", to: .string(lineage)) }
    row.set("created_at", to: .string(moment.formatted(.iso8601)))
    return row
  }
}

extension FeedbackStore {
  /// What users have said, as records to train on.
  ///
  /// - Parameter options: What is taken.
  /// - Returns: The records, in the order in which responses and feedback were given, and what became of
  ///   the feedback.
  /// - Throws: An error of SQLite.
  public func export(_ options: FeedbackExportOptions) throws -> FeedbackExport {
    // In one transaction, as a server may write meanwhile.
    let (responses, feedback) = try database.read { database in
      (
        try Row.fetchAll(
          database,
          sql: """
            SELECT * FROM response WHERE id IN (SELECT responseID FROM feedback
              UNION SELECT preferredID FROM feedback WHERE preferredID IS NOT NULL)
            ORDER BY createdAt, id
            """
        ).map(ServedResponse.init),
        try Row.fetchAll(
          database, sql: "SELECT * FROM feedback ORDER BY createdAt, responseID, name, identifier"
        ).map { try Feedback($0) }
      )
    }
    return FeedbackExport(options, responses, feedback)
  }
}

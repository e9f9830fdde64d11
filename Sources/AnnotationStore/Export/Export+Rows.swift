internal import Foundation
internal import PreferenceData

extension Export {
  /// A pair with how sure and how strong the preference is.
  func pairRow(
    _ task: AnnotatedTask, _ better: Int, _ worse: Int, _ given: [RecordedJudgment],
    probability: Double?
  ) -> JSONObject {
    var row: JSONObject = [:]
    let (chosen, rejected) = (task.responses[better].text, task.responses[worse].text)
    if options.format == .hh {
      row.set("chosen", to: .string(Dialogue.transcript(task.prompt, chosen)))
      row.set("rejected", to: .string(Dialogue.transcript(task.prompt, rejected)))
    } else {
      row.set("prompt", to: task.prompt.value)
      row.set("chosen", to: chosen.value)
      row.set("rejected", to: rejected.value)
    }
    if let margin = margin(better, worse, given) { row.set("margin", to: .number(margin)) }
    let votes = votes(better, worse, given)
    let told = votes.better + votes.worse
    let share = told == 0 ? 1 : Double(votes.better) / Double(told)
    row.set("agreement", to: .number(probability ?? share))
    row.set("annotators", to: .number(Double(given.count)))
    row.set(
      "votes",
      to: .object([
        "chosen": .number(Double(votes.better)), "rejected": .number(Double(votes.worse)),
      ]))
    if let ratings = ratings([("chosen", better), ("rejected", worse)], given) {
      row.set("criteria", to: .object(ratings))
    }
    let reasons = given.map(\.answer.reason).filter { !$0.isEmpty }
    if !reasons.isEmpty { row.set("reason", to: .string(reasons.joined(separator: "\n"))) }
    row.set("task", to: .string(task.name))
    return row
  }

  /// The mean strength towards the better one as a share of the greatest, at least 0: a third, two thirds, 1, as Llama 2's
  /// small margins are. `nil` where strength is not asked for or not said.
  private func margin(_ better: Int, _ worse: Int, _ given: [RecordedJudgment]) -> Double? {
    guard settings.strengths > 1 else { return nil }
    let strengths = given.compactMap { judgment -> Int? in
      guard let preference = judgment.answer.verdict.preference else { return nil }
      return better < worse ? preference : -preference
    }
    guard !strengths.isEmpty else { return nil }
    let mean = Double(strengths.reduce(0, +)) / Double(strengths.count)
    // At most 1, as there may have been more degrees when it was asked.
    return min(1, max(0, mean / Double(settings.strengths)))
  }

  /// How many of those who told the two apart found the one better, and how many the other.
  private func votes(
    _ better: Int, _ worse: Int, _ given: [RecordedJudgment]
  ) -> (better: Int, worse: Int) {
    given.reduce(into: (better: 0, worse: 0)) { votes, judgment in
      guard let ranks = judgment.answer.verdict.ranks(count: judgment.shownOrder.count) else {
        return
      }
      if ranks[better] < ranks[worse] { votes.better += 1 }
      if ranks[better] > ranks[worse] { votes.worse += 1 }
    }
  }

  /// The mean rating of each criterion for some responses; `nil` without ratings.
  private func ratings(
    _ sides: [(name: String, place: Int)], _ given: [RecordedJudgment]
  ) -> JSONObject? {
    var criteria: JSONObject = [:]
    for criterion in settings.criteria {
      var means: JSONObject = [:]
      for (name, place) in sides {
        let values = given.compactMap { $0.answer.ratings[criterion.name]?[place] }
        guard !values.isEmpty else { continue }
        means.set(
          name, to: .number(Double(values.reduce(0, +)) / Double(values.count)))
      }
      if !means.members.isEmpty { criteria.set(criterion.name, to: .object(means)) }
    }
    return criteria.members.isEmpty ? nil : criteria
  }

  func unpairedRows(_ task: AnnotatedTask, isGood: (Int) -> Bool?) -> [JSONObject] {
    task.responses.indices.compactMap { place in
      guard let label = isGood(place) else { return nil }
      return [
        "prompt": task.prompt.value, "completion": task.responses[place].text.value,
        "label": .boolean(label), "task": .string(task.name),
      ]
    }
  }

  /// A ranking by mean ranks, equal ones sharing a rank; `nil` where all found all bad.
  func rankingRow(_ task: AnnotatedTask, _ given: [RecordedJudgment]) -> JSONObject? {
    guard let ranks = ranks(of: task, given) else { return nil }
    return [
      "prompt": task.prompt.value,
      "completions": .array(task.responses.map(\.text.value)),
      "ranking": .array(ranks.map { .number(Double($0)) }), "task": .string(task.name),
    ]
  }

  /// The ranks of a task's responses: what was decided, else those of the mean ranks of all judgments.
  func ranks(of task: AnnotatedTask, _ given: [RecordedJudgment]) -> [Int]? {
    let count = task.responses.count
    if let ruling = rulings[task.id] { return ruling.verdict.ranks(count: count) }
    let all = given.compactMap { $0.answer.verdict.ranks(count: count) }
    guard !all.isEmpty else { return nil }
    let sums = (0..<count).map { place in all.reduce(0) { $0 + $1[place] } }
    return sums.map { sum in 1 + sums.count { $0 < sum } }
  }

  func comparisonRow(_ task: AnnotatedTask, _ judgment: RecordedJudgment) -> JSONObject? {
    let preference: String
    switch judgment.answer.verdict {
    case .prefers(let place, _): preference = place == 0 ? "A" : "B"
    case .tie: preference = "tie"
    case .bothBad, .ranking: return nil
    }
    var row: JSONObject = [
      "prompt": task.prompt.value, "response_A": task.responses[0].text.value,
      "response_B": task.responses[1].text.value, "preference": .string(preference),
    ]
    if let confidence = judgment.answer.confidence {
      row.set("confidence", to: .string(confidence.rawValue))
    }
    if !judgment.answer.reason.isEmpty { row.set("reason", to: .string(judgment.answer.reason)) }
    row.set("annotator", to: .string(label(of: judgment.person)))
    row.set("task", to: .string(task.name))
    return row
  }

  func rawRow(_ task: AnnotatedTask, _ judgment: RecordedJudgment) -> JSONObject {
    let answer = judgment.answer
    var ratings: JSONObject = [:]
    for (name, values) in answer.ratings.sorted(by: { $0.key < $1.key }) {
      ratings.set(name, to: .array(values.map { $0.map { .number(Double($0)) } ?? .null }))
    }
    func numbers(_ values: [Int]) -> JSONValue { .array(values.map { .number(Double($0)) }) }
    return [
      "judgment": .number(Double(judgment.id)), "task": .string(task.name),
      "stratum": .string(task.stratum), "prompt": task.prompt.value,
      "responses": .array(task.responses.map(\.text.value)),
      "models": .array(task.responses.map { $0.model.map(JSONValue.string) ?? .null }),
      "annotator": .string(label(of: judgment.person)), "round": .number(Double(judgment.round)),
      "verdict": answer.verdict.value,
      "confidence": answer.confidence.map { .string($0.rawValue) } ?? .null,
      "ratings": .object(ratings), "reason": .string(answer.reason),
      "active_seconds": .number(answer.activeSeconds), "wall_seconds": .number(answer.wallSeconds),
      "shown_order": numbers(judgment.shownOrder),
      // As text: more digits than a JSON number keeps.
      "order_seed": .string("\(judgment.orderSeed)"),
      "guideline_version": .number(Double(judgment.guidelineVersion)),
      "quality": .number(judgment.confidence),
      "failed_checks": .array(judgment.failed.map { .string($0.rawValue) }),
      "gold": task.gold.map { $0.value } ?? .null,
      "ruling": rulings[task.id].map { $0.verdict.value } ?? .null,
      "created_at": .string(judgment.createdAt.formatted(.iso8601)),
    ]
  }

  func argillaRow(_ task: AnnotatedTask, _ given: [RecordedJudgment]) -> JSONObject {
    var fields: JSONObject = ["prompt": .string(task.prompt.plain)]
    var (metadata, responses): (JSONObject, JSONObject) = (
      ["task": .string(task.name), "stratum": .string(task.stratum)], [:]
    )
    for (place, response) in task.responses.enumerated() {
      fields.set("response_\(place + 1)", to: .string(response.text.plain))
      if let model = response.model {
        metadata.set("model_\(place + 1)", to: .string(model))
      }
    }
    func add(_ question: String, _ value: (Answer) -> JSONValue?) {
      let values = given.compactMap { judgment in
        value(judgment.answer).map { value in
          JSONValue.object(["value": value, "user_id": .string(label(of: judgment.person))])
        }
      }
      if !values.isEmpty { responses.set(question, to: .array(values)) }
    }
    add("preference") { answer in
      guard let ranks = answer.verdict.ranks(count: task.responses.count) else { return nil }
      return .array(
        ranks.enumerated().map { place, rank in
          .object(["value": .string("response_\(place + 1)"), "rank": .number(Double(rank))])
        })
    }
    add("both_bad") { $0.verdict == .bothBad ? .boolean(true) : nil }
    add("confidence") { $0.confidence.map { .string($0.rawValue) } }
    add("reason") { $0.reason.isEmpty ? nil : .string($0.reason) }
    for criterion in settings.criteria {
      for place in task.responses.indices {
        add("\(criterion.name)_\(place + 1)") { answer in
          answer.ratings[criterion.name]?[place].map { .number(Double($0)) }
        }
      }
    }
    return [
      "fields": .object(fields), "metadata": .object(metadata), "suggestions": .object([:]),
      "responses": .object(responses),
      "status": .string(task.status == .complete ? "completed" : "pending"),
    ]
  }

  /// What tells an annotator from others: the name where it is asked for, else a part of a digest.
  private func label(of person: Int64) -> String {
    let name = people[person]?.name ?? "\(person)"
    return options.hasNames
      ? name
      : "annotator-" + String("\(settings.seed)\n\(settings.name)\n\(name)".sha256.prefix(10))
  }
}

/// Prompts and responses as one text.
enum Dialogue {
  /// A dialogue as in Anthropic's HH data.
  static func transcript(_ prompt: Passage, _ response: Passage) -> String {
    var transcript = ""
    switch prompt {
    case .text(let text):
      transcript =
        text.contains(DialogueMarks.assistant)
        ? text : DialogueMarks.human + " " + text + DialogueMarks.assistant
    case .messages(let messages):
      for message in messages {
        transcript +=
          (message.role == "assistant" ? DialogueMarks.assistant : DialogueMarks.human)
          + " " + message.content
      }
      transcript += DialogueMarks.assistant
    }
    let answer =
      switch response {
      case .text(let text): text
      case .messages(let messages): messages.map(\.content).joined(separator: "\n\n")
      }
    return transcript + (answer.first?.isWhitespace == true ? "" : " ") + answer
  }
}

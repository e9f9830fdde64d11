internal import Oversight
internal import PreferenceData
internal import Trainers

/// Adds to logged responses what only models can say: rewards, how harmful they are, whether that depends on groups.
///
/// What a log says itself is replaced, on both sides of a comparison, so that both are measured alike.
public struct ResponseEnrichment {
  /// How far it has come.
  public typealias Progress = RewardEvaluation.Progress

  /// The folders of reward models, the members of which make one ensemble.
  public var rewardModels: [String] = []
  /// Who says how harmful conversations are; `nil` for the log.
  public var harm: HarmScoring?
  /// Other groups that an answer is rewritten for, at most, to see whether its verdict changes.
  public var counterfactuals = 4

  /// Nothing to add yet.
  public init() {}

  /// Adds.
  ///
  /// - Parameters:
  ///   - responses: The responses, none of them with messages where there are reward models.
  ///   - progress: Told how many responses are done; may throw to stop.
  /// - Throws: What `progress` throws, ``PipelineError``, or what is wrong with a model.
  public func callAsFunction(
    _ responses: inout [ObservedResponse], progress: (Progress) throws -> Void
  ) async throws {
    try addRewards(&responses, progress)
    try await addHarm(&responses, progress)
  }

  private func addRewards(
    _ responses: inout [ObservedResponse], _ progress: (Progress) throws -> Void
  ) throws {
    guard !rewardModels.isEmpty else { return }
    for place in responses.indices {
      (responses[place].reward, responses[place].rewards) = (nil, [])
    }
    // Of nothing there is no last token to score.
    let places = responses.indices.filter { !Passage.text(responses[$0].completion).isBlank }
    for directory in rewardModels {
      let scoring = try RewardScoring(directory: directory)
      let groups = try places.map { place in
        scoring.group(
          prompt: try responses[place].plainPrompt, completions: [responses[place].completion])
      }
      var scores: [[Double]] = []
      try scoring.score(groups) { range, batch in
        scores += batch.map { $0[0].members }
        try progress(.init(activity: "scoring", done: range.upperBound, total: groups.count))
      }
      for (place, members) in zip(places, scores) {
        guard members.allSatisfy(\.isFinite) else {
          throw PipelineError.notANumber(responses[place].place)
        }
        responses[place].rewards += members
      }
    }
  }

  private func addHarm(
    _ responses: inout [ObservedResponse], _ progress: (Progress) throws -> Void
  ) async throws {
    guard let harm else { return }
    let swaps = GroupTerms.shipped.dimensions.map(CounterfactualSwap.init)
    let part = 256
    for start in stride(from: 0, to: responses.count, by: part) {
      let places = start..<min(start + part, responses.count)
      let others = places.map { place in
        Array(
          swaps.flatMap { $0.counterfactuals(of: responses[place].completion) }.prefix(
            counterfactuals))
      }
      var texts: [String] = []
      for (place, others) in zip(places, others) {
        let prompt = responses[place].prompt.dialogue
        texts.append("\(prompt) \(responses[place].completion)")
        texts += others.map { "\(prompt) \($0.text)" }
      }
      var verdicts = try await harm(texts)[...]
      for (place, others) in zip(places, others) {
        let own = Array(verdicts.prefix(1 + others.count))
        verdicts = verdicts.dropFirst(own.count)
        responses[place].safety = ["harmful": own[0].probability]
        responses[place].isUnsafe = own[0].isHarmful
        responses[place].isBiased =
          others.isEmpty ? nil : own.contains { $0.isHarmful != own[0].isHarmful }
      }
      try progress(
        .init(activity: "classifying", done: places.upperBound, total: responses.count))
    }
  }
}

extension ObservedResponse {
  /// Where it stood, for errors.
  var place: SourceLocation { source ?? SourceLocation(file: id ?? "a response", line: 1) }

  /// The prompt as text.
  var plainPrompt: String {
    get throws {
      guard case .text(let text) = prompt else { throw PipelineError.messages(place) }
      return text
    }
  }
}

internal import Hummingbird
internal import PreferenceData
internal import Trainers
internal import Tokenization

/// What a reward model gives for answers.
extension ModelService {
  func addScores(to router: Router<ModelContext>) {
    router.post("/v1/score") { request, context in
      try checkOpen()
      try allowances.check(key(context), at: .now)
      guard let served = models.reward else { throw RequestProblem.noRewardModel }
      let wanted = try ScoreRequest(try await object(of: request), limits: settings.limits)
      guard wanted.model == served.name else {
        throw RequestProblem.unknownModel(wanted.model, known: [served.name])
      }
      let pairs = wanted.items.map { (prompt: $0.prompt.text, completion: $0.completion) }
      let groups = try await engine.perform { models in
        guard let reward = models.reward else { preconditionFailure("no reward model is loaded") }
        return pairs.map { reward.group(prompt: $0.prompt, completions: [$0.completion]) }
      }
      let tokens = groups.reduce(0) { $0 + $1.sequences[0].count }
      let limit = served.positions ?? .max
      for (index, group) in groups.enumerated() where group.sequences[0].count > limit {
        throw RequestProblem.tooLongToScore(
          tokens: group.sequences[0].count, limit: limit, parameter: "input[\(index)]")
      }
      let lease = try allowances.admit(key(context), tokens: tokens, at: .now)
      // One at a time: those whose answers are being sampled wait for one, not for all.
      var items: [ScoreResponse.Item] = []
      for group in groups {
        items.append(
          try await engine.perform { models in
            guard let reward = models.reward else {
              preconditionFailure("no reward model is loaded")
            }
            var members: [Double] = []
            try reward.score([group]) { _, scores in members = scores[0][0].members }
            guard members.allSatisfy(\.isFinite) else {
              throw EngineFailure(reason: "the reward model has no finite score for an input")
            }
            return ScoreResponse.Item(
              score: members.reduce(0, +) / Double(members.count),
              members: members.count > 1 ? members : nil)
          })
      }
      lease.end(used: tokens)
      return Self.json(
        ScoreResponse(model: served.name, items: items, tokens: tokens).json,
        headers: lease.allowance.headers)
    }
  }
}

extension ScoreRequest.Prompt {
  /// The prompt as a text.
  fileprivate var text: String {
    switch self {
    case .text(let text): text
    case .messages(let messages): ChatFormat.prompt(of: messages)
    }
  }
}

internal import LanguageModels
internal import PreferenceData
internal import Rewards
internal import Sampling
internal import Tokenization
internal import TorchEngine
internal import TrainingConfiguration

/// Samples completions from the policy as it is now, and asks what they are worth.
struct Rollouts {
  let policy: CausalLanguageModel
  /// The frozen reference, where anybody asks it.
  let reference: CausalLanguageModel?
  let tokenizer: Tokenizer
  /// The model's ends of sequence beside the tokenizer's.
  let ends: Set<Int32>
  let settings: RolloutConfiguration

  /// What is sampled, and how.
  struct Request {
    /// Which prompts, by their place in the data.
    var prompts: [Int]
    /// Completions of each.
    var generations: Int
    var temperature: Double
    /// The same seed gives the same completions of the same policy.
    var seed: UInt64
  }

  /// What was sampled, with what each source of reward gave.
  struct Rollout {
    var buffer: ExperienceBuffer
    /// By rewarded turn, episode after episode.
    var scores: CompositeScores
    /// Rewarded turns of each episode.
    var scoreCounts: [Int]

    /// Where the scores of an episode's last turn are.
    func lastScore(of episode: Int) -> Int { scoreCounts[...episode].reduce(0, +) - 1 }
  }

  /// Samples, asks the reference, and asks for rewards.
  ///
  /// - Parameters:
  ///   - request: What is sampled, and how.
  ///   - data: The prompts.
  ///   - reward: What completions are worth; keeps what its running normalizations have seen.
  ///   - report: Told how many completions are done of all; may throw to stop.
  /// - Returns: The completions, and what the rewards are made of.
  /// - Throws: What `report` and the rewards throw; `EngineError`.
  func sample(
    _ request: Request, of data: TrainingPrompts, reward: inout CompositeReward,
    report: (_ done: Int, _ total: Int) throws -> Void
  ) async throws -> Rollout {
    var buffer = try sample(request, of: data, report: report)
    try askReference(about: &buffer, temperature: request.temperature)
    let rewarded = rewardedTurns(of: buffer)
    let scores = try await reward.evaluate(completions(rewarded, of: buffer, data))
    for (place, total) in zip(rewarded, scores.totals) {
      buffer.experiences[place.experience].turns[place.turn].reward = total
    }
    var counts = [Int](repeating: 0, count: buffer.count)
    for place in rewarded { counts[place.experience] += 1 }
    return Rollout(buffer: buffer, scores: scores, scoreCounts: counts)
  }

  /// The last turns of all episodes, as rewards and judges look at them.
  func completions(
    of buffer: ExperienceBuffer, _ data: TrainingPrompts
  ) -> [RewardedCompletion] {
    completions(
      buffer.experiences.enumerated().map { ($0, $1.turns.count - 1) }, of: buffer, data)
  }

  /// Which turns of which episodes are rewarded.
  private func rewardedTurns(of buffer: ExperienceBuffer) -> [(experience: Int, turn: Int)] {
    buffer.experiences.enumerated().flatMap { index, experience in
      let turns = experience.turns.indices
      return switch settings.rewardTiming {
      case .end: turns.suffix(1).map { (index, $0) }
      case .everyTurn: turns.map { (index, $0) }
      }
    }
  }

  private func completions(
    _ places: [(experience: Int, turn: Int)], of buffer: ExperienceBuffer, _ data: TrainingPrompts
  ) -> [RewardedCompletion] {
    places.map { place in
      let experience = buffer.experiences[place.experience]
      let turn = experience.turns[place.turn]
      let tokens = experience.behavior.count
      return RewardedCompletion(
        prompt: turn.context, completion: turn.text, tokenCount: turn.tokenCount,
        isFinished: turn.isFinished, fields: data.items[experience.prompt].dialogue.fields,
        referenceLogProbability: experience.reference.map { $0.reduce(0, +) / Double(tokens) })
    }
  }

  /// Plays all episodes, turn by turn; a completion is an episode of one turn.
  private func sample(
    _ request: Request, of data: TrainingPrompts, report: (_ done: Int, _ total: Int) throws -> Void
  ) throws -> ExperienceBuffer {
    var groups = request.prompts.map { prompt in
      (0..<request.generations).map { _ in
        OpenEpisode(prompt: prompt, data.items[prompt], turnLimit: settings.turnLimit)
      }
    }
    let room = policy.configuration.positionLimit - settings.maxCompletionLength
    var sampler = self.sampler(temperature: request.temperature, seed: request.seed)
    let first = try sampler.samples(
      of: groups.map { $0[0].ids }, count: request.generations
    ) { if case .finished(let done, let total) = $0 { try report(done, total) } }
    for group in groups.indices {
      for (index, sample) in first[group].enumerated() {
        groups[group][index].take(
          sample, text: sampler.text(of: sample), tokenizer: tokenizer, room: room)
      }
    }
    var generator = SeededGenerator(seed: request.seed)
    while true {
      let open = groups.indices.flatMap { group in
        groups[group].indices.filter { !groups[group][$0].isOver }.map { (group, $0) }
      }
      if open.isEmpty { break }
      // Another turn draws anew: its places are counted from 0 again.
      sampler = self.sampler(temperature: request.temperature, seed: generator.next())
      let samples = try sampler.samples(
        of: open.map { groups[$0.0][$0.1].ids }
      ) { if case .finished(let done, let total) = $0 { try report(done, total) } }
      for (place, sample) in zip(open, samples) {
        groups[place.0][place.1].take(
          sample[0], text: sampler.text(of: sample[0]), tokenizer: tokenizer, room: room)
      }
    }
    return ExperienceBuffer(groups.map { $0.map(\.experience) })
  }

  private func sampler(temperature: Double, seed: UInt64) -> Sampler {
    var parameters = SamplingParameters(
      choice: .temperature(temperature), maxNewTokens: settings.maxCompletionLength, seed: seed)
    parameters.stopTexts = settings.stopTexts
    return Sampler(model: policy, tokenizer: tokenizer, parameters: parameters, ends: ends)
  }

  /// log π_ref of everything sampled, once for all updates on it.
  private func askReference(about buffer: inout ExperienceBuffer, temperature: Double) throws {
    guard let reference else { return }
    let groups = buffer.groups.map { buffer.experiences[$0].map(\.sequence) }
    let scoring = SequenceScoring(model: reference, temperature: temperature)
    var next = 0
    try scoring.score(groups) { _, scores in
      for score in scores.joined() {
        buffer.experiences[next].reference = score.tokenLogProbabilities.map(Double.init)
        next += 1
      }
    }
  }
}

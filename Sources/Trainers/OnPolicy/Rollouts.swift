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
  let maxCompletionLength: Int
  let stopTexts: [String]

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
    var scores: CompositeScores
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
    let scores = try await reward.evaluate(completions(of: buffer, data))
    for (index, total) in scores.totals.enumerated() {
      buffer.experiences[index].turns[0].reward = total
    }
    return Rollout(buffer: buffer, scores: scores)
  }

  /// What rewards look at.
  func completions(
    of buffer: ExperienceBuffer, _ data: TrainingPrompts
  ) -> [RewardedCompletion] {
    buffer.experiences.map { experience in
      let prompt = data.items[experience.prompt]
      let tokens = experience.behavior.count
      return RewardedCompletion(
        prompt: prompt.text, completion: experience.text, tokenCount: tokens,
        isFinished: experience.isFinished, fields: prompt.fields,
        referenceLogProbability: experience.reference.map { $0.reduce(0, +) / Double(tokens) })
    }
  }

  private func sample(
    _ request: Request, of data: TrainingPrompts, report: (_ done: Int, _ total: Int) throws -> Void
  ) throws -> ExperienceBuffer {
    let sampler = self.sampler(temperature: request.temperature, seed: request.seed)
    let prompts = request.prompts.map { data.items[$0] }
    let samples = try sampler.samples(of: prompts.map(\.ids), count: request.generations) {
      if case .finished(let done, let total) = $0 { try report(done, total) }
    }
    return ExperienceBuffer(
      zip(request.prompts, samples).map { prompt, samples in
        samples.map { sample in
          Experience(
            prompt: prompt,
            sequence: .init(prompt: data.items[prompt].ids, completion: sample.tokens),
            text: sampler.text(of: sample), behavior: sample.logProbabilities,
            turns: [.init(tokenCount: sample.tokens.count)],
            isFinished: sample.finishReason == .stop)
        }
      })
  }

  private func sampler(temperature: Double, seed: UInt64) -> Sampler {
    var parameters = SamplingParameters(
      choice: .temperature(temperature), maxNewTokens: maxCompletionLength, seed: seed)
    parameters.stopTexts = stopTexts
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

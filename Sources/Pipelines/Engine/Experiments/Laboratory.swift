internal import Evaluations
internal import Foundation
internal import LanguageModels
internal import PreferenceData
internal import Sampling
internal import Sandbox
internal import Tokenization
internal import Trainers

/// A small world with a fine-tuned model, on which experiments are made: what they have in common.
///
/// Policies are measured by one fresh answer to each held-out prompt at temperature 1, by the sandbox's
/// judge.
struct Laboratory {
  let recipe: QuickstartRecipe
  let layout: QuickstartLayout
  let origin: Quickstart.Origin
  /// The prompts that policies are measured on.
  let prompts: [String]
  let tokenizer: Tokenizer
  private let judge = GoldJudge(world: SandboxWorld())
  private let reference: SequenceScoring

  /// Opens a laboratory whose world, base model and fine-tuned model are there.
  init(recipe: QuickstartRecipe, layout: QuickstartLayout, origin: @escaping Quickstart.Origin)
    throws
  {
    (self.recipe, self.layout, self.origin) = (recipe, layout, origin)
    prompts = try ComparedPrompt.read([layout.heldOutPrompts]).map(\.text)
    tokenizer = try Tokenizer(directory: layout.run(.sft))
    reference = SequenceScoring(model: try CausalLanguageModel(directory: layout.run(.sft)))
  }

  /// The fine-tuned model, from which all policies begin and from which KL is measured.
  var fineTuned: String { layout.run(.sft) }

  /// Answers of a policy to all held-out prompts.
  ///
  /// - Parameters:
  ///   - directory: The policy.
  ///   - count: Answers to each prompt.
  ///   - seed: Decides the draws.
  ///   - observe: Told of the answers that are done, of all; may throw to stop.
  /// - Returns: For each prompt its answers.
  /// - Throws: What `observe` throws, and what is wrong with the model.
  func answers(
    of directory: String, count: Int = 1, seed: UInt64,
    observe: (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
  ) throws -> [[SampledCompletion]] {
    let sampler = Sampler(
      model: try CausalLanguageModel(directory: directory), tokenizer: tokenizer,
      parameters: SamplingParameters(
        choice: .temperature(1), maxNewTokens: recipe.answerLength, seed: seed),
      ends: try EndsOfSequence(directory: directory).ids)
    return try sampler.completions(of: prompts, count: count) { event in
      if case .finished(let done, let total) = event { try observe(done, total) }
    }
  }

  /// The gold scores of answers, in their shape.
  func gold(_ answers: [[SampledCompletion]]) -> [[Double]] {
    zip(prompts, answers).map { prompt, answers in
      answers.map { judge.score(prompt: prompt, completion: $0.text).total }
    }
  }

  /// The scores that a reward model gives answers, in their shape; in deviations from the mean of what it
  /// was trained on, where it stores these.
  func scores(_ answers: [[SampledCompletion]], by model: RewardScoring) throws -> [[Double]] {
    let normalization = (model.models as [any ScoreModel]).storedNormalizations?.first
    let groups = zip(prompts, answers).map { prompt, answers in
      model.group(prompt: prompt, completions: answers.map(\.text))
    }
    var scores: [[Double]] = []
    try model.score(groups) { _, batch in
      scores += batch.map { $0.map { normalization?.normalize($0.value) ?? $0.value } }
    }
    return scores
  }

  /// Measures a policy.
  ///
  /// - Parameters:
  ///   - directory: The policy, or a checkpoint of it.
  ///   - proxy: The reward model that it was trained on.
  ///   - seed: Decides the draws.
  /// - Returns: Means over held-out prompts.
  /// - Throws: What is wrong with the model.
  func measure(
    _ directory: String, proxy: RewardScoring? = nil, seed: UInt64
  ) throws -> PolicyMeasurement {
    let answers = try answers(of: directory, seed: seed)
    let groups = zip(prompts, answers).map { prompt, answers in
      let ids = tokenizer.encode(prompt)
      return answers.map { PackedBatch.Sequence(prompt: ids, completion: $0.sample.tokens) }
    }
    let likelihoods = try reference.summedLogProbabilities(of: groups) { _ in }
    let divergences = zip(answers, likelihoods).map { $0[0].logProbability - $1[0] }
    return PolicyMeasurement(
      gold: .init(gold(answers).map { $0[0] }), divergence: .init(divergences),
      proxy: try proxy.map { .init(try scores(answers, by: $0).map { $0[0] }) },
      length: .init(answers.map { Double($0[0].sample.tokens.count) }))
  }

  /// The share of held-out pairs, judged without error, to whose preferred side a reward model gives the
  /// higher score.
  ///
  /// - Parameter directory: The reward model.
  /// - Returns: From 0 to 1.
  /// - Throws: What is wrong with the model, or with the pairs.
  func accuracy(of directory: String) throws -> Double {
    let scoring = try RewardScoring(directory: directory)
    let pairs = try RecordReader.preferencePairs.read([layout.heldOutPairs], strict: true).records
    let groups = pairs.map { pair -> RewardScoring.Group in
      guard case .text(let prompt) = pair.prompt, case .text(let chosen) = pair.chosen,
        case .text(let rejected) = pair.rejected
      else { preconditionFailure("the world writes texts") }
      return scoring.group(prompt: prompt, completions: [chosen, rejected])
    }
    var correct = 0
    try scoring.score(groups) { _, batch in
      correct += batch.count { $0[0].value > $0[1].value }
    }
    return Double(correct) / Double(pairs.count)
  }
}

internal import Evaluations
internal import Objectives
internal import Reports
internal import Sampling
internal import Trainers
internal import TrainingConfiguration

/// How much gold each method gets for its distance from the reference: DPO, PPO, RLOO and best of n, from
/// the same pairs.
///
/// - SeeAlso: Rafael Rafailov et al., Direct Preference Optimization, arXiv:2305.18290, figure 2.
struct FrontierExperiment: Experiment {
  enum Method: String, Codable, Sendable, CaseIterable {
    case bestOfN = "best of n"
    case dpo = "DPO"
    case ppo = "PPO"
    case rloo = "RLOO"
  }

  struct Part: CustomStringConvertible {
    let method: Method
    /// The coefficient of KL; of best of n there is none.
    let beta: Double?

    var description: String { method.rawValue + (beta.map { " with beta \($0)" } ?? "") }
  }

  struct Row: ExperimentRow {
    let method: Method
    let beta: Double?
    /// Steps of training, or n.
    let count: Int
    let gold: PolicyMeasurement.Mean
    let divergence: PolicyMeasurement.Mean
    let length: Double?

    var columns: [(name: String, value: ExperimentValue)] {
      [
        ("method", .text(method.rawValue)), ("beta", .number(beta)),
        ("steps_or_n", .number(Double(count))), ("kl", .number(divergence.value)),
        ("kl_error", .number(divergence.error)), ("gold", .number(gold.value)),
        ("gold_error", .number(gold.error)), ("tokens", .number(length)),
      ]
    }
  }

  static let name = "frontier"
  static let question =
    "How much gold does each method get for its distance from the reference, as in figure 2 of Rafailov et al. 2023?"
  let size: ExperimentSize

  var parts: [Part] {
    let betas: [Method: [Double]] =
      size == .full
      ? [
        .dpo: [0.02, 0.05, 0.1, 0.3, 1], .ppo: [0, 0.02, 0.05, 0.2], .rloo: [0, 0.02, 0.05, 0.2],
      ]
      : [.dpo: [0.1], .ppo: [0.05], .rloo: [0.05]]
    return [Part(method: .bestOfN, beta: nil)]
      + [Method.dpo, .ppo, .rloo].flatMap { method in
        (betas[method] ?? []).map { Part(method: method, beta: $0) }
      }
  }

  var pairs: Int { size == .full ? 4000 : 800 }
  var candidates: Int { size == .full ? 64 : 8 }
  private var policySteps: Int { size == .full ? 100 : 10 }
  private var measurements: Int { size == .full ? 5 : 2 }

  func measure(
    _ part: Part, in laboratory: Laboratory, observe: Laboratory.Observer
  ) async throws -> [Row] {
    let seed = laboratory.recipe.seed
    let recipe = RewardModelRecipe(pairs: pairs, noise: 0.05, seed: 1)
    let model = try laboratory.rewardModel(recipe, observe: observe)
    let name = "\(part.method)-\(part.beta ?? 0)"
    let checkpoints: [PolicyCheckpoint]
    switch part.method {
    case .bestOfN:
      return try bestOfN(of: model, in: laboratory, observe: observe)
    case .dpo:
      let file = try laboratory.pairs(pairs, noise: recipe.noise, seed: recipe.seed)
      checkpoints = try laboratory.preferencePolicy(name, pairs: file, observe: observe) {
        $0.beta = part.beta ?? 0
        save(in: &$0.run, steps: pairs / $0.batches.batchSize)
      }.checkpoints
    case .ppo:
      var settings = laboratory.policySettings(name, models: [model])
      settings.divergence.beta = part.beta ?? 0
      settings.batches.maxSteps = policySteps
      save(in: &settings.run, steps: policySteps)
      checkpoints = try await laboratory.policy(
        .ppo(settings), run: settings.run, models: [model], observe: observe)
    case .rloo:
      var settings = RLOOConfiguration()
      let usual = laboratory.policySettings(name, models: [model])
      settings.model = usual.model
      settings.prompts.files = usual.prompts.files
      settings.reward = usual.reward
      settings.rollout.generations = 4
      settings.rollout.maxCompletionLength = usual.rollout.maxCompletionLength
      settings.divergence.beta = part.beta ?? 0
      settings.batches.batchSize = usual.batches.batchSize
      settings.batches.maxSteps = policySteps
      settings.optimizer.learningRate = 2e-4
      settings.run = usual.run
      save(in: &settings.run, steps: policySteps)
      checkpoints = try await laboratory.policy(
        .rloo(settings), run: settings.run, models: [model], observe: observe)
    }
    var rows: [Row] = []
    for checkpoint in checkpoints {
      try observe(.working("answering", done: rows.count, total: checkpoints.count))
      let measured = try laboratory.measure(checkpoint.directory, seed: seed)
      rows.append(
        Row(
          method: part.method, beta: part.beta, count: checkpoint.step, gold: measured.gold,
          divergence: measured.divergence, length: measured.length.value))
    }
    return rows
  }

  private func save(in run: inout RunConfiguration, steps: Int) {
    run.saveSteps = max(1, steps / measurements)
    run.saveTotalLimit = measurements + 1
  }

  /// The expected gold score of the best of n by the reward model, over all choices of n candidates.
  private func bestOfN(
    of model: String, in laboratory: Laboratory, observe: Laboratory.Observer
  ) throws -> [Row] {
    let answers = try laboratory.answers(
      of: laboratory.fineTuned, count: candidates, seed: laboratory.recipe.seed
    ) { try observe(.working("answering", done: $0, total: $1)) }
    let gold = laboratory.gold(answers)
    let proxy = try laboratory.scores(answers, by: RewardScoring(directory: model))
    return sequence(first: 1) { $0 * 2 }.prefix { $0 <= candidates }.map { n in
      let expected = zip(proxy, gold).compactMap {
        BestOfN.expectedScore(proxy: $0, gold: $1, n: n)
      }
      return Row(
        method: .bestOfN, beta: nil, count: n, gold: .init(expected),
        divergence: .init([BestOfN.divergenceBound(n: n)]), length: nil)
    }
  }
}

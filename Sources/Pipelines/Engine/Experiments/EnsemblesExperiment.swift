internal import Evaluations
internal import Trainers
internal import TrainingConfiguration

/// One reward model against ensembles of them: mean, minimum, and mean less variance; by best of n and by
/// PPO without KL control.
///
/// - SeeAlso: Thomas Coste et al., Reward Model Ensembles Help Mitigate Overoptimization,
///   arXiv:2310.02743.
struct EnsemblesExperiment: Experiment {
  enum Method: String, Codable, Sendable, CaseIterable {
    case bestOfN = "best of n"
    case ppo = "PPO"
  }

  /// Who says how good an answer is.
  enum Judge: String, Codable, Sendable, CaseIterable {
    case single = "one model"
    case mean
    case minimum
    case varianceDiscounted = "mean − λ·variance"

    /// How members become one; `nil` for a single model.
    func aggregation(_ method: Method) -> EnsembleAggregation? {
      switch self {
      case .single: nil
      case .mean: .mean
      case .minimum: .minimum
      // The paper's λ of either method.
      case .varianceDiscounted: .varianceDiscounted(lambda: method == .bestOfN ? 0.5 : 0.1)
      }
    }
  }

  enum Part: CustomStringConvertible {
    /// All judges choose from the same answers.
    case bestOfN(noise: Double)
    /// A run of PPO; `number` is the member's, of an ensemble the seed.
    case ppo(Judge, noise: Double, number: Int)

    var description: String {
      switch self {
      case .bestOfN(let noise): "best of n, \(Int(100 * noise)) % flipped"
      case .ppo(let judge, let noise, let number):
        "PPO against \(judge == .single ? "member" : "the \(judge.rawValue), seed") \(number), "
          + "\(Int(100 * noise)) % flipped"
      }
    }
  }

  struct Row: ExperimentRow {
    let method: Method
    let judge: Judge
    let noise: Double
    /// The member's number, of an ensemble the seed; of best of n 0 where members are averaged.
    let number: Int
    /// Steps of training, or n.
    let count: Int
    let divergence: PolicyMeasurement.Mean
    let gold: PolicyMeasurement.Mean

    var columns: [(name: String, value: ExperimentValue)] {
      [
        ("method", .text(method.rawValue)), ("judge", .text(judge.rawValue)),
        ("noise", .number(noise)), ("member_or_seed", .number(Double(number))),
        ("steps_or_n", .number(Double(count))), ("kl", .number(divergence.value)),
        ("kl_error", .number(divergence.error)), ("gold", .number(gold.value)),
        ("gold_error", .number(gold.error)),
      ]
    }
  }

  static let name = "ensembles"
  static let question =
    "Does an ensemble of reward models lose less gold than one, as Coste et al. 2024 have found?"
  let size: ExperimentSize

  var members: Int { size == .full ? 5 : 2 }
  var pairs: Int { size == .full ? 300 : 100 }
  private var noises: [Double] { size == .full ? [0, 0.25] : [0.25] }
  private var seeds: Int { size == .full ? 3 : 1 }
  private var candidates: Int { size == .full ? 256 : 8 }
  private var policySteps: Int { size == .full ? 60 : 6 }
  private var measurements: Int { size == .full ? 10 : 2 }

  var parts: [Part] {
    noises.flatMap { noise in
      [.bestOfN(noise: noise)]
        + Judge.allCases.flatMap { judge in
          (1...(judge == .single ? members : seeds)).map { .ppo(judge, noise: noise, number: $0) }
        }
    }
  }

  func measure(
    _ part: Part, in laboratory: Laboratory, observe: Laboratory.Observer
  ) async throws -> [Row] {
    switch part {
    case .bestOfN(let noise): try bestOfN(noise, in: laboratory, observe)
    case .ppo(let judge, let noise, let number):
      try await ppo(judge, noise, number, in: laboratory, observe)
    }
  }

  private func models(
    _ noise: Double, in laboratory: Laboratory, _ observe: Laboratory.Observer
  ) throws -> [String] {
    try (1...members).map { member in
      let recipe = RewardModelRecipe(pairs: pairs, noise: noise, seed: UInt64(10 + member))
      return try laboratory.rewardModel(recipe, observe: observe)
    }
  }

  private func bestOfN(
    _ noise: Double, in laboratory: Laboratory, _ observe: Laboratory.Observer
  ) throws -> [Row] {
    let models = try models(noise, in: laboratory, observe)
    let answers = try laboratory.answers(
      of: laboratory.fineTuned, count: candidates, seed: laboratory.recipe.seed
    ) { try observe(.working("answering", done: $0, total: $1)) }
    let gold = laboratory.gold(answers)
    // Shape [members][prompts][answers].
    var scores: [[[Double]]] = []
    for model in models {
      try observe(.working("scoring", done: scores.count, total: models.count))
      scores.append(try laboratory.scores(answers, by: RewardScoring(directory: model)))
    }
    return Judge.allCases.flatMap { judge in
      sequence(first: 1) { $0 * 2 }.prefix { $0 <= candidates }.map { n in
        let expected = gold.indices.map { prompt in
          let own = scores.map { $0[prompt] }
          let proxies =
            judge.aggregation(.bestOfN).map { [EnsembleScores(members: own).combined($0)] } ?? own
          let values = proxies.compactMap {
            BestOfN.expectedScore(proxy: $0, gold: gold[prompt], n: n)
          }
          return values.reduce(0, +) / Double(values.count)
        }
        return Row(
          method: .bestOfN, judge: judge, noise: noise, number: 0, count: n,
          divergence: .init([BestOfN.divergenceBound(n: n)]), gold: .init(expected))
      }
    }
  }

  private func ppo(
    _ judge: Judge, _ noise: Double, _ number: Int, in laboratory: Laboratory,
    _ observe: Laboratory.Observer
  ) async throws -> [Row] {
    let all = try models(noise, in: laboratory, observe)
    let models = judge == .single ? [all[number - 1]] : all
    var settings = laboratory.policySettings(
      "ensembles-\(judge)-noise-\(noise)-\(number)", models: models)
    settings.divergence.beta = 0
    settings.optimizer.schedule = .constant
    settings.batches.maxSteps = policySteps
    settings.run.seed += number
    settings.run.saveSteps = policySteps / measurements
    settings.run.saveTotalLimit = measurements
    let checkpoints = try await laboratory.policy(
      .ppo(settings), run: settings.run, models: models,
      aggregation: judge.aggregation(.ppo) ?? .mean, observe: observe)
    let measured = [PolicyCheckpoint(step: 0, directory: laboratory.fineTuned)] + checkpoints
    var rows: [Row] = []
    for checkpoint in measured {
      try observe(.working("answering", done: rows.count, total: measured.count))
      let policy = try laboratory.measure(checkpoint.directory, seed: laboratory.recipe.seed)
      rows.append(
        Row(
          method: .ppo, judge: judge, noise: noise, number: number, count: checkpoint.step,
          divergence: policy.divergence, gold: policy.gold))
    }
    return rows
  }
}

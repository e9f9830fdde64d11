internal import Trainers
internal import TrainingConfiguration

/// RLHF (a reward model and PPO) beside DPO: the same pairs, the same fine-tuned model, several seeds.
struct CompareExperiment: Experiment {
  enum Method: String, Codable, Sendable, CaseIterable {
    case dpo = "DPO"
    case rlhf = "reward model and PPO"
  }

  struct Part: CustomStringConvertible {
    let method: Method
    let seed: UInt64

    var description: String { "\(method.rawValue), seed \(seed)" }
  }

  struct Row: ExperimentRow {
    let method: Method
    let seed: UInt64
    let gold: PolicyMeasurement.Mean
    let divergence: PolicyMeasurement.Mean
    let length: Double
    /// Training alone, in seconds.
    let seconds: Double
    /// Memory of the whole process at most, in megabytes.
    let megabytes: Double?

    var columns: [(name: String, value: ExperimentValue)] {
      [
        ("method", .text(method.rawValue)), ("seed", .number(Double(seed))),
        ("gold", .number(gold.value)), ("gold_error", .number(gold.error)),
        ("kl", .number(divergence.value)), ("kl_error", .number(divergence.error)),
        ("tokens", .number(length)), ("seconds", .number(seconds)),
        ("peak_memory_mb", .number(megabytes)),
      ]
    }
  }

  static let name = "compare"
  static let question =
    "What do a reward model and PPO cost and bring beside DPO, on the same pairs and from the same model?"
  let size: ExperimentSize

  var pairs: Int { size == .full ? 4000 : 200 }
  private var seeds: ClosedRange<UInt64> { 1...(size == .full ? 5 : 2) }
  private var policySteps: Int { size == .full ? 60 : 4 }

  var parts: [Part] {
    seeds.flatMap { seed in Method.allCases.map { Part(method: $0, seed: seed) } }
  }

  func measure(
    _ part: Part, in laboratory: Laboratory, observe: Laboratory.Observer
  ) async throws -> [Row] {
    let recipe = RewardModelRecipe(pairs: pairs, noise: 0.05, seed: part.seed)
    let file = try laboratory.pairs(pairs, noise: recipe.noise, seed: part.seed)
    // What an earlier part has left would save this one time.
    try laboratory.forgetWork(for: recipe)
    let (start, memory) = (ContinuousClock.now, PeakMemory())
    let checkpoints: [PolicyCheckpoint]
    let name = "compare-\(part.method)-\(part.seed)"
    switch part.method {
    case .dpo:
      checkpoints = try laboratory.preferencePolicy(name, pairs: file, observe: observe) {
        $0.run.seed += Int(part.seed)
        $0.data.evaluationFiles = []
      }.checkpoints
    case .rlhf:
      let model = try laboratory.rewardModel(recipe, observe: observe)
      var settings = laboratory.policySettings(name, models: [model])
      settings.batches.maxSteps = policySteps
      settings.run.seed += Int(part.seed)
      checkpoints = try await laboratory.policy(
        .ppo(settings), run: settings.run, models: [model], observe: observe)
    }
    let (seconds, bytes) = ((ContinuousClock.now - start) / .seconds(1), memory?.bytes)
    guard let last = checkpoints.last else { return [] }
    try observe(.working("answering", done: 0, total: 1))
    let measured = try laboratory.measure(last.directory, seed: laboratory.recipe.seed)
    return [
      Row(
        method: part.method, seed: part.seed, gold: measured.gold,
        divergence: measured.divergence, length: measured.length.value, seconds: seconds,
        megabytes: bytes.map { $0 / 1e6 })
    ]
  }
}

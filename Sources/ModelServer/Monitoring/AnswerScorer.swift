internal import Evaluations
internal import LanguageModels
public import Logging
public import Monitoring
internal import Objectives
public import Pipelines
internal import Tokenization
internal import TorchEngine
internal import Trainers

/// Scores answers after they were given, between the steps of the engine: what the reward model gives for them, and how far
/// the model has moved from a reference.
///
/// The distance is the mean of log π(token) − log π_ref(token) over the tokens of the latest answers, in nats a token: an
/// estimate of the KL divergence per token (k1 of Schulman 2020), which may be negative.
///
/// Requests come first: while one answer is scored, a few wait, and more are watched without scores.
public actor AnswerScorer {
  /// An answer that is to be scored.
  struct Job: Sendable {
    var observed: ObservedResponse
    let prompt: [Int32]
    let completion: [Int32]
    let promptText: String
    let arm: CanaryArm
  }

  private let engine: InferenceEngine
  private let hasReward: Bool
  private let hasReference: Bool
  private let metrics: MetricsRegistry
  private let logger: Logger
  private let watch: @Sendable (ObservedResponse) -> Void
  private var waiting: [Job] = []
  private var isScoring = false
  private var distances: [Double] = []

  private static let mostWaiting = 32
  /// Answers whose distances are averaged.
  private static let window = 200

  /// A scorer.
  ///
  /// - Parameters:
  ///   - engine: What the models run on.
  ///   - hasReward: Whether it has a reward model.
  ///   - hasReference: Whether it has a reference.
  ///   - metrics: The metrics of the server.
  ///   - logger: Where it is said that an answer could not be scored.
  ///   - watch: Takes each answer, scored where there was time.
  public init(
    engine: InferenceEngine, hasReward: Bool, hasReference: Bool, metrics: MetricsRegistry,
    logger: Logger,
    watch: @escaping @Sendable (ObservedResponse) -> Void
  ) {
    (self.engine, self.hasReward, self.hasReference) = (engine, hasReward, hasReference)
    (self.metrics, self.logger, self.watch) = (metrics, logger, watch)
  }

  /// The metric that says how far the model has moved from the reference.
  public static let distanceMetric = "reference_kl"

  /// Takes an answer. It returns at once.
  func add(_ job: Job) {
    guard hasReward || hasReference, waiting.count < Self.mostWaiting, !job.completion.isEmpty
    else {
      watch(job.observed)
      return
    }
    waiting.append(job)
    guard !isScoring else { return }
    isScoring = true
    Task { await score() }
  }

  private func score() async {
    while !waiting.isEmpty {
      var job = waiting.removeFirst()
      let (asked, reference, reward) = (job, hasReference, hasReward)
      do {
        let scores = try await engine.perform { models in
          (
            reward: reward ? try models.rewards(asked.promptText, asked.observed.completion) : [],
            distance: reference
              ? try models.distance(asked.arm, asked.prompt, asked.completion) : nil
          )
        }
        if !scores.reward.isEmpty, scores.reward.allSatisfy(\.isFinite) {
          job.observed.reward = scores.reward.reduce(0, +) / Double(scores.reward.count)
          job.observed.rewards = scores.reward
        }
        if let distance = scores.distance, distance.isFinite { note(distance) }
      } catch {
        logger.warning("an answer could not be scored: \(error)")
      }
      watch(job.observed)
    }
    isScoring = false
  }

  private func note(_ distance: Double) {
    distances.append(distance)
    if distances.count > Self.window { distances.removeFirst() }
    metrics.gauge(.alignment, ["metric": Self.distanceMetric])
      .set(to: distances.reduce(0, +) / Double(distances.count))
  }
}

extension EngineModels {
  /// What each member of the reward model gives.
  fileprivate func rewards(_ prompt: String, _ completion: String) throws -> [Double] {
    guard let reward else { return [] }
    var members: [Double] = []
    try reward.score([reward.group(prompt: prompt, completions: [completion])]) { _, scores in
      members = scores[0][0].members
    }
    return members
  }

  /// The mean of log π − log π_ref over the tokens of a completion.
  fileprivate func distance(
    _ arm: CanaryArm, _ prompt: [Int32], _ completion: [Int32]
  ) throws -> Double? {
    guard let policy = policies[arm], let reference else { return nil }
    let batch = PackedBatch([[.init(prompt: prompt, completion: completion)]])
    func sum(_ model: CausalLanguageModel) throws -> Double {
      try withoutGradients { try model.logProbabilities(of: batch) }
        .logProbabilities.reduce(0) { $0 + Double($1) }
    }
    return (try sum(policy.model) - sum(reference)) / Double(completion.count)
  }
}

internal import Evaluations
internal import Foundation
internal import LanguageModels
internal import PreferenceData
internal import Rewards
internal import RunRecords
internal import Sandbox
internal import Trainers
internal import TrainingConfiguration

/// What a reward model of an experiment is trained on.
struct RewardModelRecipe: Hashable {
  /// How many pairs.
  var pairs: Int
  /// The share of judgments that are turned round.
  var noise: Double
  /// Decides pairs, first weights of the head, and their order.
  var seed: UInt64

  /// The name of its directory.
  var name: String { "pairs-\(pairs)-noise-\(noise)-seed-\(seed)" }
}

extension Laboratory {
  /// Told of all that happens; throws to stop it.
  typealias Observer = (ExperimentEvent) throws -> Void

  /// A file of pairs that annotators have judged; the same arguments give the same file.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - noise: The share of judgments that are turned round.
  ///   - seed: Decides the pairs; those of another noise are the same.
  /// - Returns: Its path.
  /// - Throws: `DataError` where it cannot be written.
  func pairs(_ count: Int, noise: Double, seed: UInt64) throws -> String {
    let folder = "\(layout.root)/pairs"
    let path = "\(folder)/\(count)-noise-\(noise)-seed-\(seed).jsonl"
    guard !FileManager.default.fileExists(atPath: path) else { return path }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var rows = PreferenceRows(
      world: SandboxWorld(), kinds: PromptKind.allCases,
      pool: AnnotatorPool(size: 5, typical: SimulatedAnnotator(name: "", labelNoise: noise)),
      seed: recipe.seed &* 1000 &+ 100 &+ seed)
    var writer = try JSONLinesWriter(path: path)
    for _ in 0..<count { try writer.write(rows.next()) }
    try writer.commit()
    return path
  }

  /// A reward model; one that is there already is taken.
  ///
  /// - Parameters:
  ///   - model: What it is trained on.
  ///   - observe: Told of its training.
  /// - Returns: Its directory.
  /// - Throws: What `observe` throws, and what training throws.
  func rewardModel(_ model: RewardModelRecipe, observe: Observer) throws -> String {
    let directory = directory(of: model)
    if let manifest = try? RunManifest(ofRunAt: directory), manifest.finishedSteps != nil {
      return directory
    }
    var settings = QuickstartConfigurations(recipe: recipe, layout: layout).reward
    settings.data.files = [try pairs(model.pairs, noise: model.noise, seed: model.seed)]
    settings.data.evaluationFiles = []
    // Few pairs are gone through more often, in smaller steps.
    settings.batches.epochs = model.pairs < 1000 ? 3 : 2
    settings.batches.batchSize = model.pairs < 1000 ? 16 : 32
    settings.run.directory = directory
    settings.run.seed = Int(recipe.seed &+ model.seed)
    _ = try RewardTraining(settings, existing: .overwrite).run(origin(settings)) { event in
      try observe(.training(event, unit: "pairs"))
      return .proceed
    }
    return directory
  }

  /// Removes what training would find done already: a reward model, and what the reference says of pairs.
  ///
  /// - Parameter model: What the reward model was trained on.
  /// - Throws: What the file system says.
  func forgetWork(for model: RewardModelRecipe) throws {
    for path in [directory(of: model), layout.referenceCache]
    where FileManager.default.fileExists(atPath: path) {
      try FileManager.default.removeItem(atPath: path)
    }
  }

  private func directory(of model: RewardModelRecipe) -> String {
    "\(layout.root)/reward-models/\(model.name)"
  }

  /// A policy that has learned from pairs directly.
  ///
  /// - Parameters:
  ///   - name: The name of its run directory.
  ///   - pairs: The file of pairs.
  ///   - observe: Told of its training.
  ///   - change: Changes the usual settings.
  /// - Returns: Its checkpoints by step, the finished model last, and the share of held-out pairs, judged
  ///   without error, that its rewards get right.
  /// - Throws: What `observe` throws, and what training throws.
  func preferencePolicy(
    _ name: String, pairs: String, observe: Observer, change: (inout DPOConfiguration) -> Void
  ) throws -> (checkpoints: [PolicyCheckpoint], accuracy: Double?) {
    var settings = QuickstartConfigurations(recipe: recipe, layout: layout).preference
    settings.data.files = [pairs]
    settings.run.directory = "\(layout.root)/policies/\(name)"
    change(&settings)
    let training = PreferenceTraining(
      settings, referenceCache: layout.referenceCache, existing: .overwrite)
    let summary = try training.run(origin(settings)) { event in
      try observe(.training(event, unit: "pairs"))
      return .proceed
    }
    return (
      checkpoints(settings.run, steps: summary.steps),
      summary.metrics[MetricName.rewardAccuracy.onEvaluation]
    )
  }

  /// A policy that has learned from the scores of reward models.
  ///
  /// - Parameters:
  ///   - learner: The method with its settings.
  ///   - run: Those of them about the run.
  ///   - models: The directories of its reward models, whose stored normalizations are applied.
  ///   - aggregation: How several become one.
  ///   - observe: Told of its training.
  /// - Returns: Its checkpoints by step, the finished model last.
  /// - Throws: What `observe` throws, and what training throws.
  func policy(
    _ learner: OnPolicyLearner, run: RunConfiguration, models: [String],
    aggregation: EnsembleAggregation = .mean, observe: Observer
  ) async throws -> [PolicyCheckpoint] {
    let scorers = try models.map { try RewardScoring(directory: $0) }
    let normalizations = scorers.compactMap {
      ($0.models as [any ScoreModel]).storedNormalizations
    }.flatMap(\.self)
    let reward = ScoringReward(
      scorers: scorers, aggregation: aggregation, normalizations: normalizations)
    let training = OnPolicyTraining(
      learner, rewards: OnPolicyRewards(reward: try CompositeReward([RewardPart(reward)])),
      existing: .overwrite)
    let summary = try await training.run(origin(learner.settings)) { event in
      try observe(.training(event, unit: "completions"))
      return .proceed
    }
    return checkpoints(run, steps: summary.steps)
  }

  /// The settings of PPO that the quickstart has, for a run of a name against reward models, without
  /// anybody who watches.
  func policySettings(_ name: String, models: [String]) -> PPOConfiguration {
    var settings = QuickstartConfigurations(recipe: recipe, layout: layout).policy
    settings.reward.models = models
    settings.watch = WatchConfiguration()
    settings.prompts.evaluationFiles = []
    settings.run.evaluationSteps = nil
    settings.run.directory = "\(layout.root)/policies/\(name)"
    return settings
  }

  private func checkpoints(_ run: RunConfiguration, steps: Int) -> [PolicyCheckpoint] {
    let root = run.directory ?? ""
    let saved =
      run.saveSteps > 0 ? Array(stride(from: run.saveSteps, to: steps, by: run.saveSteps)) : []
    return saved.map {
      PolicyCheckpoint(step: $0, directory: "\(root)/checkpoints/step-\($0)")
    } + [PolicyCheckpoint(step: steps, directory: root)]
  }
}

/// A policy after some steps of its training.
struct PolicyCheckpoint {
  let step: Int
  let directory: String
}

extension OnPolicyLearner {
  /// The settings of its method.
  var settings: any MethodConfiguration {
    switch self {
    case .reinforce(let settings): settings
    case .rloo(let settings): settings
    case .grpo(let settings): settings
    case .ppo(let settings): settings
    }
  }
}

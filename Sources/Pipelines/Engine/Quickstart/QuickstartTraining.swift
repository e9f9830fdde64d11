internal import Evaluations
internal import Foundation
internal import LanguageModels
internal import PreferenceData
internal import Reports
internal import Rewards
internal import RunRecords
internal import Sandbox
internal import Tokenization
internal import Trainers
internal import TrainingConfiguration

/// The stages of a quickstart that train, each as the command of its name would.
struct QuickstartTraining {
  let recipe: QuickstartRecipe
  let layout: QuickstartLayout
  let origin: Quickstart.Origin

  private var configurations: QuickstartConfigurations {
    QuickstartConfigurations(recipe: recipe, layout: layout)
  }

  /// A tokenizer and a base model from nothing.
  func base(
    _ merging: (Int, Int) throws -> Void, _ observe: Quickstart.Observer
  ) throws -> [String] {
    try makeTokenizer(merging)
    try makeUntrainedModel()
    let settings = configurations.pretraining
    let summary = try SupervisedTraining(settings, existing: .overwrite)
      .run(origin(settings)) { try observe(.training($0, unit: "texts")) }
    try check(summary, of: .base)
    return [
      "\(NumberLabel.grouped(summary.tokens)) tokens read"
        + Self.words(summary.metrics[.loss], "loss")
    ]
  }

  func supervised(_ observe: Quickstart.Observer) throws -> [String] {
    let settings = configurations.supervised
    let summary = try SupervisedTraining(settings, existing: .overwrite)
      .run(origin(settings)) { try observe(.training($0, unit: "answers")) }
    try check(summary, of: .sft)
    return [
      "\(NumberLabel.grouped(recipe.demonstrations)) good answers and "
        + "\(NumberLabel.grouped(recipe.casualAnswers)) as they come"
        + Self.words(summary.metrics[.loss], "loss")
    ]
  }

  func reward(_ observe: Quickstart.Observer) throws -> [String] {
    let settings = configurations.reward
    let summary = try RewardTraining(settings, existing: .overwrite)
      .run(origin(settings)) { try observe(.training($0, unit: "pairs")) }
    try check(summary, of: .reward)
    return ["\(summary.steps) steps" + Self.words(summary.metrics[.loss], "loss")]
  }

  func preference(_ observe: Quickstart.Observer) throws -> [String] {
    let settings = configurations.preference
    let training = PreferenceTraining(
      settings, referenceCache: layout.referenceCache, existing: .overwrite)
    let summary = try training.run(origin(settings)) {
      try observe(.training($0, unit: "pairs"))
    }
    try check(summary, of: .dpo)
    return accuracy(summary.metrics[MetricName.rewardAccuracy.onEvaluation])
  }

  func policy(_ observe: Quickstart.Observer) async throws -> [String] {
    let settings = configurations.policy
    let scoring = try RewardScoring(directory: layout.run(.reward))
    let model = ScoringReward(
      scorers: [scoring], normalizations: (scoring.models as [any ScoreModel]).storedNormalizations)
    let judge = GoldReward(judge: GoldJudge(world: SandboxWorld()))
    let training = OnPolicyTraining(
      .ppo(settings),
      rewards: OnPolicyRewards(
        reward: try CompositeReward([RewardPart(model)]),
        judge: try CompositeReward([RewardPart(judge)])), existing: .overwrite)
    let summary = try await training.run(origin(settings)) {
      try observe(.training($0, unit: "completions"))
    }
    try check(summary, of: .ppo)
    return [
      "\(summary.steps) steps of \(settings.batches.itemsPerStep) completions"
        + Self.words(summary.metrics[MetricName.reward.onEvaluation], "held-out reward")
        + Self.words(summary.metrics[MetricName.divergence.onEvaluation], "KL", " nats")
    ]
  }

  private func check(
    _ summary: TrainingSummary, of stage: QuickstartStage
  ) throws(QuickstartError) {
    if summary.isStopped { throw .stopped(stage) }
  }

  private func makeTokenizer(_ progress: (Int, Int) throws -> Void) throws {
    var trainer = try TokenizerTrainer(TokenizerRecipe(vocabularySize: recipe.vocabulary))
    for document in try RecordReader.documents.read([layout.texts], strict: true).records {
      for text in DataRecord.text(document).texts { trainer.add(text) }
    }
    let trained = try trainer.train(progress: progress)
    try removeLeftover(layout.tokenizer)
    try trained.write(to: layout.tokenizer)
  }

  private func makeUntrainedModel() throws {
    let tokenizer = try Tokenizer(directory: layout.tokenizer)
    let model = try CausalLanguageModel(
      fresh: ModelPreset.pico.configuration(vocabularySize: tokenizer.vocabularySize),
      seed: recipe.seed)
    try removeLeftover(layout.untrained)
    let folder = try NewFolder(at: layout.untrained)
    try model.write(to: folder.path, tokenizer: tokenizer, from: layout.tokenizer)
    try folder.commit()
  }

  /// What an interrupted stage has left of its own.
  private func removeLeftover(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    try FileManager.default.removeItem(atPath: path)
  }

  private static func words(_ value: Double?, _ name: String, _ unit: String = "") -> String {
    value.map { ", \(name) \(NumberLabel.fixed($0, decimals: 2))\(unit)" } ?? ""
  }

  private func accuracy(_ share: Double?) -> [String] {
    guard let share else { return [] }
    let agreed = Proportion(
      successes: (share * Double(recipe.heldOutPairs)).rounded(), count: recipe.heldOutPairs)
    guard let interval = agreed.interval(level: 0.95) else { return [] }
    return [
      "agrees with \(NumberLabel.percent(share)) of \(recipe.heldOutPairs) held-out pairs "
        + "(\(NumberLabel.percent(interval.lower)) to \(NumberLabel.percent(interval.upper)))"
    ]
  }
}

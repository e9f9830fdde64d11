public import LanguageModels
internal import PreferenceData
internal import Tokenization
internal import TorchEngine
public import TrainingConfiguration

/// What a run of `attune reward` will do.
public struct RewardPlan: OfflinePlan {
  public let configuration: RewardConfiguration
  public let model: TransformerConfiguration
  public let order: VisitOrder
  public let notes: [String]
  let dataset: RewardDataset
  let costs: ItemCosts
  /// Which member of an ensemble of models this is, from 0.
  private let member: Int

  /// Reads the data and the model's configuration, and checks that they fit each other.
  ///
  /// - Parameters:
  ///   - configuration: A configuration with a model and data.
  ///   - member: Which member of an ensemble of models is planned, from 0. Members differ by the
  ///     order of the data and by their heads, and hold out the same rows.
  /// - Throws: Errors of the data and of the model, or ``TrainingError``.
  public init(_ configuration: RewardConfiguration, member: Int = 0) throws {
    guard let directory = configuration.model else {
      preconditionFailure("a configuration without a model")
    }
    let tokenizer = try Tokenizer(directory: directory)
    let dataset = try RewardDataset(
      configuration,
      tokenization: RewardTokenization(configuration, tokenizer: tokenizer, directory: directory))
    let model = try TransformerConfiguration(directory: directory)
    try model.check(tokenizer, longestSequence: dataset.longestSequence, of: directory)
    try Self.checkStart(configuration, directory)
    self.configuration = configuration
    self.model = model
    self.dataset = dataset
    notes = dataset.notes(configuration)
    self.member = member
    var ordered = configuration
    ordered.run.seed += member
    order = VisitOrder(count: dataset.training.count, ordered)
    func costs(_ items: [RewardItem]) -> [ItemCost] {
      items.map { ItemCost($0.packed, isScored: false) }
    }
    let isTrained = configuration.backbone == .trained
    let (training, heldOut) = (costs(dataset.training), costs(dataset.heldOut))
    self.costs = ItemCosts(
      training: training, heldOut: heldOut,
      microbatches: Microbatches(size: configuration.batches.microBatchSize, for: model),
      trainedParameters: isTrained ? model.parameterCount : 0,
      passes: isTrained ? 3 : 0,
      // A backbone that stays as it is computes each hidden state once.
      reference: isTrained ? [] : training + heldOut)
  }

  /// A model that is a reward model already brings its own head.
  private static func checkStart(
    _ configuration: RewardConfiguration, _ directory: String
  ) throws {
    guard try ModelTask(directory: directory) != .languageModelling else { return }
    let head = try RewardModelRecord(directory: directory).head
    guard configuration.head == head, configuration.backbone != .shared else {
      throw TrainingError.rewardModelStart(directory: directory)
    }
  }

  public var data: DataSummary {
    DataSummary(
      training: dataset.training.count, heldOut: dataset.heldOut.count, dropped: dataset.dropped,
      longestSequence: dataset.longestSequence)
  }

  public var cost: RunCost { countedCost() }

  public var memory: MemoryEstimate { estimatedMemory() }
}

extension RewardPlan: RunnablePlan {
  func identity() throws -> RunIdentity {
    RunIdentity(
      method: "reward", settings: configuration,
      inputs: [
        "training data": dataset.training.digest,
        "model": try ModelFingerprint(directory: configuration.model ?? "").hexadecimal,
        "member of the ensemble": "\(member)",
      ])
  }

  func method(
    weights: String, isResumed: Bool, identity: RunIdentity,
    report: (TrainingEvent) throws -> Void
  ) throws -> RewardModelling {
    let seed = UInt64(configuration.run.seed + member)
    let isFresh = try !isResumed && ModelTask(directory: weights) == .languageModelling
    let model =
      isFresh
      ? try RewardModel(
        policy: weights, head: configuration.head, backbone: configuration.trainedBackbone,
        seed: seed)
      : try RewardModel(directory: weights, backbone: configuration.trainedBackbone)
    let features =
      configuration.backbone == .trained
      ? nil
      : try RewardFeatures(training: dataset.training, heldOut: dataset.heldOut, by: model) {
        try report(.encoded(done: $0, total: $1))
      }
    return RewardModelling(
      rewardModel: model, objective: RewardObjective(configuration), training: dataset.training,
      heldOut: dataset.heldOut, features: features, microbatches: costs.microbatches,
      memberWeights: MemberWeights(
        dataset.training.map(\.weight), members: configuration.head.members, seed: seed),
      dropout: configuration.headDropout, l2Coefficient: configuration.l2Coefficient, seed: seed)
  }

  /// Stores mean and deviation of each member's scores on held-out completions, or on those that it
  /// was trained on where nothing is held out.
  func finish(_ model: any TrainableModel, report: (TrainingEvent) throws -> Void) throws {
    guard let model = model as? RewardModel else { preconditionFailure("no reward model") }
    let items = dataset.heldOut.isEmpty ? dataset.training : dataset.heldOut
    let groups = items.prefix(Self.normalizationLimit).map {
      RewardScoring.Group(sequences: $0.sequences, completionStart: $0.completionStart)
    }
    var scores = [[Double]](repeating: [], count: model.head.members)
    for range in SequenceScoring.usualBatchSize.ranges(of: groups.map(\.packed)) {
      let batch = try withoutGradients {
        try model.scores(of: PackedBatch(groups[range].map(\.packed))).members
      }
      for member in batch.indices { scores[member] += batch[member] }
    }
    let normalization = scores.compactMap(RewardModelRecord.Normalization.init(of:))
    // Scores that are all the same have no scale.
    model.record.normalization = normalization.count == scores.count ? normalization : []
  }

  /// Prompts whose scores give mean and deviation: their errors are then a few hundredths.
  private static var normalizationLimit: Int { 1000 }

  func trainedModel(from directory: String) throws -> any TrainableModel {
    try RewardModel(directory: directory, backbone: configuration.trainedBackbone)
  }
}

extension RewardConfiguration {
  /// The shape of the heads of one model.
  var head: ScoreHeadShape {
    ScoreHeadShape(
      members: ensembleType == .heads ? ensembleSize : 1,
      kind: headType == .linear ? .linear : .multilayer(width: headHiddenSize))
  }

  var trainedBackbone: RewardBackbone {
    switch backbone {
    case .trained: .trained
    case .frozen: .frozen
    case .shared: .shared
    }
  }
}

extension RewardModelRecord.Normalization {
  /// Mean and population deviation of some scores; `nil` where they do not differ.
  fileprivate init?(of scores: [Double]) {
    let count = Double(scores.count)
    let mean = scores.reduce(0, +) / count
    let variance = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    guard variance > 0 else { return nil }
    self.init(mean: mean, deviation: variance.squareRoot())
  }
}

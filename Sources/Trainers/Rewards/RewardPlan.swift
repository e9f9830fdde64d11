public import LanguageModels
internal import Tokenization
public import TrainingConfiguration

/// What a run of `attune reward` on completions as text will do.
public struct RewardPlan: OfflinePlan {
  /// The settings.
  public let configuration: RewardConfiguration
  /// The shape of the backbone.
  public let model: TransformerConfiguration
  /// Which items each step sees.
  public let order: VisitOrder
  /// What a person should know about the data, as sentences.
  public let notes: [String]
  let dataset: RewardDataset
  let costs: ItemCosts
  private let planned: RewardMember

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
    let planned = RewardMember(number: member, of: configuration)
    self.configuration = configuration
    self.model = model
    self.dataset = dataset
    self.planned = planned
    notes = dataset.training.map(\.judgment).notes(configuration)
    order = planned.order(count: dataset.training.count)
    let (training, heldOut) = (dataset.training.map(\.cost), dataset.heldOut.map(\.cost))
    let microbatches = Microbatches(size: configuration.batches.microBatchSize, for: model)
    let heads = configuration.head.parameterCount(inputs: model.width)
    // A backbone that stays as it is computes each hidden state once, and training none.
    costs =
      configuration.backbone == .trained
      ? ItemCosts(
        training: training, heldOut: heldOut, microbatches: microbatches,
        trainedParameters: model.featureParameterCount + heads)
      : ItemCosts(
        training: training, heldOut: [], microbatches: microbatches, trainedParameters: heads,
        passes: 0, encoded: training + heldOut)
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

  /// How many items there are, and which rows are none.
  public var data: DataSummary {
    DataSummary(
      training: dataset.training.count, heldOut: dataset.heldOut.count, dropped: dataset.dropped,
      longestSequence: dataset.longestSequence)
  }

  /// Weights of backbone and heads.
  public var parameterCount: Int {
    model.featureParameterCount + configuration.head.parameterCount(inputs: model.width)
  }

  /// What the run will compute.
  public var cost: RunCost { countedCost() }

  /// The memory that the run will need.
  public var memory: MemoryEstimate { estimatedMemory() }
}

extension RewardPlan: TransformerPlan {
  var heldOutDigest: String { dataset.heldOut.digest }

  func identity() throws -> RunIdentity {
    planned.identity(
      data: dataset.training.digest,
      model: try ModelFingerprint(directory: configuration.model ?? "").hexadecimal)
  }

  func method(
    weights: String, isResumed: Bool, identity: RunIdentity,
    report: (TrainingEvent) throws -> Void
  ) throws -> RewardModelling {
    let model = try startingModel(weights: weights, isResumed: isResumed)
    let training: RewardExamples
    let heldOut: RewardExamples
    if configuration.backbone == .trained {
      training = RewardExamples(dataset.training, by: model)
      heldOut = RewardExamples(dataset.heldOut, by: model)
    } else {
      let total = dataset.training.count + dataset.heldOut.count
      try report(.encoded(done: 0, total: total))
      training = try RewardExamples(encoding: dataset.training, by: model) {
        try report(.encoded(done: $0, total: total))
      }
      heldOut = try RewardExamples(encoding: dataset.heldOut, by: model) {
        try report(.encoded(done: dataset.training.count + $0, total: total))
      }
    }
    return planned.method(
      model, training: training, heldOut: heldOut, microbatches: costs.microbatches)
  }

  /// A language model's backbone with a fresh head, a reward model whose training goes on, or a
  /// checkpoint.
  private func startingModel(weights: String, isResumed: Bool) throws -> RewardModel {
    let backbone = configuration.trainedBackbone
    if try !isResumed && ModelTask(directory: weights) == .languageModelling {
      return try RewardModel(
        policy: weights, head: configuration.head, backbone: backbone, seed: planned.seed)
    }
    let model = try RewardModel(directory: weights, backbone: backbone)
    // They were those of other scores.
    model.record.normalization = []
    model.record.lengthCorrection = nil
    return model
  }

  /// Stores mean and deviation of each member's scores on held-out completions, or on those that it
  /// was trained on where nothing is held out.
  func finish(_ model: any TrainableModel, report: (TrainingEvent) throws -> Void) throws {
    guard let model = model as? RewardModel else { preconditionFailure("no reward model") }
    let items = dataset.heldOut.isEmpty ? dataset.training : dataset.heldOut
    let reference = items.prefix(planned.referenceSize).map(\.withoutCopies)
    try planned.normalize(model, on: RewardExamples(reference, by: model))
  }

  func trainedModel(from directory: String) throws -> any TrainableModel {
    try RewardModel(directory: directory, backbone: configuration.trainedBackbone)
  }
}

extension RewardConfiguration {
  fileprivate var trainedBackbone: RewardBackbone {
    switch backbone {
    case .trained: .trained
    case .frozen: .frozen
    case .shared: .shared
    }
  }
}

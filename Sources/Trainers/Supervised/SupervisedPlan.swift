public import LanguageModels
internal import Objectives
internal import PreferenceData
internal import RunRecords
internal import Tokenization
public import TrainingConfiguration

/// What a run of supervised fine-tuning or of pretraining will do.
public struct SupervisedPlan<Configuration: OfflineConfiguration>: OfflinePlan {
  /// The settings.
  public let configuration: Configuration
  /// The sequences.
  public let dataset: SupervisedDataset
  /// The shape of the model that is trained.
  public let model: TransformerConfiguration
  /// Which sequences each step sees.
  public let order: VisitOrder
  /// What a person should know about the data, as sentences.
  public let notes: [String]
  private let supervised: SupervisedMethod
  private let endOfSequence: Int32
  let costs: ItemCosts

  private init(
    _ configuration: Configuration,
    method: (Tokenizer, _ directory: String) throws(TrainingError) -> SupervisedMethod
  ) throws {
    guard let directory = configuration.model else {
      preconditionFailure("a configuration without a model")
    }
    let tokenizer = try Tokenizer(directory: directory)
    let supervised = try method(tokenizer, directory)
    guard let endOfSequence = tokenizer.endOfSequence else {
      throw TrainingError.noEndOfSequence(directory: directory)
    }
    let dataset = try SupervisedDataset(
      configuration.data, seed: configuration.run.seed, tokenization: supervised.tokenization)
    let model = try TransformerConfiguration(directory: directory)
    try model.check(tokenizer, longestSequence: dataset.longestSequence, of: directory)
    let order = VisitOrder(count: dataset.training.count, configuration)
    self.configuration = configuration
    self.dataset = dataset
    self.model = model
    self.order = order
    self.supervised = supervised
    self.endOfSequence = endOfSequence
    notes = dataset.notes + [configuration.warmUpNote(steps: order.steps.count)].compactMap(\.self)
    costs = ItemCosts(
      training: dataset.training.map(\.cost), heldOut: dataset.heldOut.map(\.cost),
      microbatches: Microbatches(size: configuration.batches.microBatchSize, for: model),
      trainedParameters: model.parameterCount)
  }

  /// How many sequences there are, and which rows are none.
  public var data: DataSummary {
    DataSummary(
      training: dataset.training.count, heldOut: dataset.heldOut.count, dropped: dataset.dropped,
      longestSequence: dataset.longestSequence)
  }

  /// The weights of the model.
  public var parameterCount: Int { model.parameterCount }

  /// What the run will compute.
  public var cost: RunCost { countedCost() }

  /// The memory that the run will need.
  public var memory: MemoryEstimate { estimatedMemory() }
}

extension SupervisedPlan<SupervisedConfiguration> {
  /// Reads the data and the model's configuration, and checks that they fit each other.
  ///
  /// - Parameter configuration: A configuration with a model and data.
  /// - Throws: Errors of the data and of the model, or ``TrainingError``.
  public init(_ configuration: SupervisedConfiguration) throws {
    try self.init(configuration) { tokenizer, directory throws(TrainingError) in
      try SupervisedMethod(configuration, tokenizer, directory: directory)
    }
  }
}

extension SupervisedPlan<PretrainingConfiguration> {
  /// Reads the data and the model's configuration, and checks that they fit each other.
  ///
  /// - Parameter configuration: A configuration with a model and data.
  /// - Throws: Errors of the data and of the model, or ``TrainingError``.
  public init(_ configuration: PretrainingConfiguration) throws {
    try self.init(configuration) { tokenizer, directory throws(TrainingError) in
      try SupervisedMethod(configuration, tokenizer, directory: directory)
    }
  }
}

extension SupervisedPlan: TransformerPlan {
  var heldOutDigest: String { dataset.heldOut.digest }

  func identity() throws -> RunIdentity {
    let fingerprint = try ModelFingerprint(directory: configuration.model ?? "")
    return RunIdentity(
      method: supervised.name, settings: configuration,
      inputs: ["training data": dataset.training.digest, "model": fingerprint.hexadecimal])
  }

  func method(
    weights: String, isResumed: Bool, identity: RunIdentity,
    report: (TrainingEvent) throws -> Void
  ) throws -> SupervisedFineTuning {
    SupervisedFineTuning(
      policy: try CausalLanguageModel(directory: weights), loss: supervised.loss,
      endOfSequence: endOfSequence, learnsWholeTexts: supervised.learnsWholeTexts,
      training: dataset.training, heldOut: dataset.heldOut, microbatches: costs.microbatches)
  }

  func trainedModel(from directory: String) throws -> any TrainableModel {
    try CausalLanguageModel(directory: directory)
  }
}

extension OfflineConfiguration {
  /// A sentence where the run ends before its warm-up does.
  fileprivate func warmUpNote(steps: Int) -> String? {
    guard optimizer.warmupSteps >= steps else { return nil }
    let length = steps == 1 ? "1 step" : "\(steps) steps"
    return "warmup_steps is \(optimizer.warmupSteps) and the run has \(length), so the learning "
      + "rate never reaches its peak; lower warmup_steps, or train longer"
  }
}

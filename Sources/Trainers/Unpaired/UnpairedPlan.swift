public import LanguageModels
internal import Objectives
internal import PreferenceData
internal import RunRecords
internal import Tokenization
public import TrainingConfiguration

/// What a run on completions that are judged one by one will do.
public struct UnpairedPlan: OfflinePlan {
  /// The settings.
  public let configuration: KTOConfiguration
  /// The shape of the model that is trained.
  public let model: TransformerConfiguration
  /// How many completions there are, and which rows are none.
  public let data: DataSummary
  /// Which completions each step sees.
  public let order: VisitOrder
  /// What a person should know about the data, as sentences.
  public let notes: [String]
  let rows: UnpairedDataset
  let costs: ItemCosts
  private let continuations: ReferenceContinuations
  private let referenceCache: String?

  /// Reads the data and the models' configurations, and checks that they fit each other.
  ///
  /// - Parameters:
  ///   - configuration: A configuration with a model and data.
  ///   - referenceCache: The folder of reference log probabilities; a plan that is not carried out
  ///     needs none.
  /// - Throws: Errors of the data and of the models, or ``TrainingError``.
  public init(_ configuration: KTOConfiguration, referenceCache: String? = nil) throws {
    guard let directory = configuration.model else {
      preconditionFailure("a configuration without a model")
    }
    let tokenizer = try Tokenizer(directory: directory)
    let rows = try UnpairedDataset(configuration, tokenizer: tokenizer)
    let order = VisitOrder(count: rows.training.rows.count, configuration)
    let continuations = ReferenceContinuations(
      steps: order.steps,
      evaluation: Array(rows.heldOut.rows.indices).grouped(by: configuration.batches.itemsPerStep),
      includingMismatched: configuration.loss.kind == .kto)
    let longest = max(
      rows.training.longestSequence(with: continuations.training.joined()),
      rows.heldOut.longestSequence(with: continuations.heldOut.joined()))
    for directory in Set([directory, configuration.referenceModel ?? directory]).sorted() {
      let model = try TransformerConfiguration(directory: directory)
      try model.check(tokenizer, longestSequence: longest, of: directory)
    }
    let model = try TransformerConfiguration(directory: directory)
    self.configuration = configuration
    self.model = model
    self.rows = rows
    self.order = order
    self.continuations = continuations
    self.referenceCache = referenceCache
    notes = rows.notes
    data = DataSummary(
      training: rows.training.rows.count, heldOut: rows.heldOut.rows.count, dropped: rows.dropped,
      longestSequence: longest)
    let microbatches = Microbatches(size: configuration.batches.microBatchSize, for: model)
    let isScoredAhead =
      switch configuration.loss.kind {
      // As many mismatched completions, which are the same tokens behind other prompts.
      case .kto: true
      case .apoZeroUnpaired: false
      case .bco: order.steps.contains { microbatches.split($0, of: rows.training).count > 1 }
      }
    costs = ItemCosts(
      training: rows.training.costs, heldOut: continuations.evaluationCosts(of: rows.heldOut),
      microbatches: microbatches, trainedParameters: model.parameterCount,
      passes: isScoredAhead ? 4 : 3,
      reference: continuations.sequences(of: rows).map { ItemCost($0) })
  }

  /// Weights of the model that is trained.
  public var parameterCount: Int { model.parameterCount }

  /// What the run will compute.
  public var cost: RunCost { countedCost() }

  /// The memory that the run will need.
  public var memory: MemoryEstimate { estimatedMemory() }
}

extension UnpairedPlan: TransformerPlan {
  private var modelDirectory: String { configuration.model ?? "" }
  private var referenceDirectory: String { configuration.referenceModel ?? modelDirectory }

  func identity() throws -> RunIdentity {
    let models = try ModelFingerprints(policy: modelDirectory, reference: referenceDirectory)
    return RunIdentity(
      method: "kto", settings: configuration,
      inputs: [
        "training data": rows.training.digest, "model": models.policy.hexadecimal,
        Self.referenceInput: models.reference.hexadecimal,
      ])
  }

  var heldOutDigest: String { rows.heldOut.digest }

  private static let referenceInput = "reference model"

  func method(
    weights: String, isResumed: Bool, identity: RunIdentity,
    report: (TrainingEvent) throws -> Void
  ) throws -> UnpairedOptimization {
    guard let referenceCache, let fingerprint = identity.inputs[Self.referenceInput] else {
      preconditionFailure("a run without a reference")
    }
    let policy = try CausalLanguageModel(directory: weights)
    let references = try ReferenceCache.lending(
      referenceCache, of: ModelFingerprint(hexadecimal: fingerprint), report: report
    ) { cache in
      try UnpairedReferences(
        continuations, of: rows, cache: &cache,
        // Unless the policy has been trained already, it may be the reference itself.
        model: {
          referenceDirectory == modelDirectory && !isResumed
            ? policy : try CausalLanguageModel(directory: referenceDirectory)
        },
        report: { done, total, cached in
          try report(.referenceScored(done: done, total: total, cached: cached))
        })
    }
    return UnpairedOptimization(
      policy: policy, loss: configuration.loss, shiftChoice: configuration.bcoShift,
      itemsPerStep: configuration.batches.itemsPerStep, training: rows.training,
      heldOut: rows.heldOut, references: references, microbatches: costs.microbatches)
  }

  func trainedModel(from directory: String) throws -> any TrainableModel {
    try CausalLanguageModel(directory: directory)
  }
}

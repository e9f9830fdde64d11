public import LanguageModels
internal import Objectives
internal import PreferenceData
internal import Tokenization
public import TrainingConfiguration

/// What a run on preference pairs will do.
public struct PreferencePlan: OfflinePlan {
  /// The settings.
  public let configuration: DPOConfiguration
  /// The pairs.
  public let pairs: PreferenceDataset
  /// The shape of the model that is trained.
  public let model: TransformerConfiguration
  /// Which pairs each step sees.
  public let order: VisitOrder
  /// What a person should know about the data, as sentences.
  public let notes: [String]
  let objective: PairObjective
  let costs: ItemCosts
  private let referenceCache: String?

  /// Reads the data and the models' configurations, and checks that they fit each other.
  ///
  /// - Parameters:
  ///   - configuration: A configuration with a model and data.
  ///   - referenceCache: The folder of reference log probabilities; a plan that is not carried out
  ///     needs none.
  /// - Throws: Errors of the data and of the models, or ``TrainingError``.
  public init(_ configuration: DPOConfiguration, referenceCache: String? = nil) throws {
    guard let directory = configuration.model else {
      preconditionFailure("a configuration without a model")
    }
    let tokenizer = try Tokenizer(directory: directory)
    let pairs = try PreferenceDataset(configuration, tokenizer: tokenizer)
    let objective = PairObjective(configuration)
    notes = try pairs.check(for: objective)
    for directory in Set([directory, configuration.referenceModel ?? directory]).sorted() {
      let model = try TransformerConfiguration(directory: directory)
      try model.check(tokenizer, longestSequence: pairs.longestSequence, of: directory)
    }
    let model = try TransformerConfiguration(directory: directory)
    self.configuration = configuration
    self.pairs = pairs
    self.objective = objective
    self.model = model
    self.referenceCache = referenceCache
    order = VisitOrder(count: pairs.training.pairs.count, configuration)
    costs = ItemCosts(
      training: pairs.training.costs, heldOut: pairs.heldOut.costs,
      microbatches: Microbatches(size: configuration.batches.microBatchSize, for: model),
      trainedParameters: model.parameterCount,
      // Pairs that are coupled are scored once before any gradient is known.
      passes: objective.loss.couplesPairs ? 4 : 3,
      reference: objective.loss.needsReference
        ? order.visited.map { pairs.training.costs[$0] } + pairs.heldOut.costs : [])
  }

  /// How many pairs there are, and which rows are none.
  public var data: DataSummary {
    DataSummary(
      training: pairs.training.pairs.count, heldOut: pairs.heldOut.pairs.count,
      dropped: pairs.dropped, longestSequence: pairs.longestSequence)
  }

  /// The weights of the model.
  public var parameterCount: Int { model.parameterCount }

  /// What the run will compute.
  public var cost: RunCost { countedCost() }

  /// The memory that the run will need.
  public var memory: MemoryEstimate { estimatedMemory() }
}

extension PreferencePlan: TransformerPlan {
  private var modelDirectory: String { configuration.model ?? "" }
  private var referenceDirectory: String { configuration.referenceModel ?? modelDirectory }

  func identity() throws -> RunIdentity {
    let models = try ModelFingerprints(policy: modelDirectory, reference: referenceDirectory)
    var inputs = ["training data": pairs.training.digest, "model": models.policy.hexadecimal]
    if objective.loss.needsReference {
      inputs[Self.referenceInput] = models.reference.hexadecimal
    }
    return RunIdentity(method: "dpo", settings: configuration, inputs: inputs)
  }

  var heldOutDigest: String { pairs.heldOut.digest }

  private static let referenceInput = "reference model"

  func method(
    weights: String, isResumed: Bool, identity: RunIdentity,
    report: (TrainingEvent) throws -> Void
  ) throws -> DirectPreferenceOptimization {
    let policy = try CausalLanguageModel(directory: weights)
    let reference = try identity.inputs[Self.referenceInput].map { fingerprint in
      try self.reference(
        ModelFingerprint(hexadecimal: fingerprint), report,
        // Unless the policy has been trained already, it may be the reference itself.
        model: {
          referenceDirectory == modelDirectory && !isResumed
            ? policy : try CausalLanguageModel(directory: referenceDirectory)
        })
    }
    return DirectPreferenceOptimization(
      policy: policy, objective: objective, itemsPerStep: configuration.batches.itemsPerStep,
      training: pairs.training, heldOut: pairs.heldOut, reference: reference,
      microbatches: costs.microbatches)
  }

  func trainedModel(from directory: String) throws -> any TrainableModel {
    try CausalLanguageModel(directory: directory)
  }

  /// log π_ref of all pairs that the run will see, from the cache or from the reference model.
  private func reference(
    _ fingerprint: ModelFingerprint, _ report: (TrainingEvent) throws -> Void,
    model: () throws -> CausalLanguageModel
  ) throws -> ReferenceLogProbabilities {
    guard let referenceCache else { preconditionFailure("a run without a reference cache") }
    return try ReferenceCache.lending(referenceCache, of: fingerprint, report: report) { cache in
      try ReferenceLogProbabilities(
        training: pairs.training.pairs, visited: order.visited, heldOut: pairs.heldOut.pairs,
        lengthDesensitization: objective.lengthDesensitization, cache: &cache, model: model,
        report: { done, total, cached in
          try report(.referenceScored(done: done, total: total, cached: cached))
        })
    }
  }
}

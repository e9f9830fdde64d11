internal import LanguageModels
public import PreferenceData
internal import TorchEngine
public import TrainingConfiguration

/// What a run of `attune reward --features` will do: a reward model that reads vectors of features.
public struct FeatureRewardPlan: OfflinePlan {
  /// The settings.
  public let configuration: RewardConfiguration
  /// Which rows each step sees.
  public let order: VisitOrder
  /// What a person should know about the data, as sentences.
  public let notes: [String]
  private let dataset: FeatureDataset
  private let planned: RewardMember

  /// Reads the rows.
  ///
  /// - Parameters:
  ///   - configuration: A configuration with files of features.
  ///   - member: Which member of an ensemble of models is planned, from 0.
  /// - Throws: `DataError` for rows that cannot be used.
  public init(_ configuration: RewardConfiguration, member: Int = 0) throws(DataError) {
    self.configuration = configuration
    dataset = try FeatureDataset(configuration)
    planned = RewardMember(number: member, of: configuration)
    order = planned.order(count: dataset.training.count)
    notes = dataset.training.map(\.judgment).notes(configuration)
  }

  /// How many pairs there are, and which rows are none.
  public var data: DataSummary {
    DataSummary(
      training: dataset.training.count, heldOut: dataset.heldOut.count, dropped: dataset.dropped,
      longestSequence: 0)
  }

  /// Weights of the heads.
  public var parameterCount: Int { configuration.head.parameterCount(inputs: dataset.width) }

  /// What the run will compute: three passes of two products a weight.
  public var cost: RunCost {
    var cost = RunCost()
    cost.steps = order.steps.count
    cost.items = order.steps.reduce(0) { $0 + $1.count }
    cost.operations = Double(12 * cost.items * parameterCount)
    return cost
  }

  /// The memory that the run will need.
  public var memory: MemoryEstimate {
    let width = MemoryLayout<Float>.stride
    let vectors = 2 * (dataset.training.count + dataset.heldOut.count) * dataset.width * width
    return MemoryEstimate(
      largestMicrobatch: 0, weights: parameterCount * width, gradients: parameterCount * width,
      moments: 2 * parameterCount * width, graph: 0, vocabulary: 0, buffers: vectors,
      program: 280 << 20)
  }
}

extension FeatureRewardPlan: RunnablePlan {
  var heldOutDigest: String { dataset.heldOut.digest }

  func identity() throws -> RunIdentity {
    planned.identity(data: dataset.training.digest, model: nil)
  }

  func method(
    weights: String, isResumed: Bool, identity: RunIdentity,
    report: (TrainingEvent) throws -> Void
  ) throws -> RewardModelling {
    let model =
      isResumed
      ? try FeatureRewardModel(directory: weights)
      : try FeatureRewardModel(
        fresh: configuration.head, width: dataset.width, seed: planned.seed)
    return planned.method(
      model, training: RewardExamples(dataset.training, by: model),
      heldOut: RewardExamples(dataset.heldOut, by: model),
      microbatches: Microbatches(size: configuration.batches.microBatchSize, tokenBudget: 4096))
  }

  func trainedModel(from directory: String) throws -> any TrainableModel {
    try FeatureRewardModel(directory: directory)
  }

  func finish(_ model: any TrainableModel, report: (TrainingEvent) throws -> Void) throws {
    guard let model = model as? FeatureRewardModel else { preconditionFailure("no reward model") }
    let items = dataset.heldOut.isEmpty ? dataset.training : dataset.heldOut
    try planned.normalize(
      model, on: RewardExamples(Array(items.prefix(planned.referenceSize)), by: model))
  }

  /// Vectors of features are few numbers beside the program itself.
  func check(availableMemory: Int?) throws(TrainingError) -> String? { nil }
}

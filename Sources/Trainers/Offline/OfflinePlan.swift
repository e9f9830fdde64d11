internal import LanguageModels
public import PreferenceData
public import TrainingConfiguration

/// What a run will do, laid out before a weight is read.
///
/// Training starts from such a plan, so what `attune plan` tells is what training does.
public protocol OfflinePlan: Sendable {
  /// The settings of the method.
  associatedtype Configuration: OfflineConfiguration

  /// The settings.
  var configuration: Configuration { get }
  /// Weights of the model that is trained, those that stay as they are among them.
  var parameterCount: Int { get }
  /// How many items there are, and which rows are none.
  var data: DataSummary { get }
  /// Which items each step sees.
  var order: VisitOrder { get }
  /// What a person should know about the data, as sentences.
  var notes: [String] { get }
  /// What the run will compute.
  var cost: RunCost { get }
  /// The memory that the run will need.
  var memory: MemoryEstimate { get }
}

/// How many items a run has, and which rows are none.
public struct DataSummary: Equatable, Sendable {
  /// Items to train on.
  public let training: Int
  /// Items to evaluate on.
  public let heldOut: Int
  /// Rows of all files that were left out, by reason.
  public let dropped: DroppedRows
  /// Tokens of the longest sequence.
  public let longestSequence: Int
}

/// A plan that can be carried out.
protocol RunnablePlan: OfflinePlan {
  associatedtype Method: OfflineMethod

  /// What the run is, so that no other goes on with its checkpoints.
  func identity() throws -> RunIdentity
  /// A digest of the held-out data, by which early stopping decides.
  var heldOutDigest: String { get }
  /// The method, ready for its first step.
  ///
  /// - Parameters:
  ///   - weights: The directory of the model that is trained: the configuration's, or a checkpoint;
  ///     empty where there is neither.
  ///   - isResumed: Whether it is a checkpoint.
  ///   - identity: What ``identity()`` says.
  ///   - report: Told what is done before the first step; throws to stop.
  /// - Returns: The method with its model.
  /// - Throws: What `report` throws, or what is wrong with the model.
  func method(
    weights: String, isResumed: Bool, identity: RunIdentity,
    report: (TrainingEvent) throws -> Void
  ) throws -> Method
  /// A model from a directory of its own checkpoints.
  func trainedModel(from directory: String) throws -> any TrainableModel
  /// Adds what the finished run learned about its model, for instance the mean of its scores.
  func finish(_ model: any TrainableModel, report: (TrainingEvent) throws -> Void) throws
  /// Compares the memory that the run will need with what there is.
  ///
  /// - Parameter availableMemory: Bytes that the run may take; `nil` when nobody knows.
  /// - Returns: A warning, as a sentence, where it may be too little.
  /// - Throws: ``TrainingError`` with what to change, where it is too little.
  func check(availableMemory: Int?) throws(TrainingError) -> String?
}

/// A plan that trains a language model, or what stands on one.
protocol TransformerPlan: RunnablePlan {
  /// The shape of the language model.
  var model: TransformerConfiguration { get }
  /// How an item and its parts cost.
  var costs: ItemCosts { get }
}

extension RunnablePlan {
  func finish(_ model: any TrainableModel, report: (TrainingEvent) throws -> Void) throws {}
}

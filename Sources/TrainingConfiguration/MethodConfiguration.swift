/// The settings of a training method: what all of them have.
public protocol MethodConfiguration: TrainingSettings {
  /// The method that these are the settings of.
  static var method: TrainingMethod { get }
  /// The directory of the model to train.
  var model: String? { get }
  /// All files that it reads rows from.
  var dataFiles: [String] { get }
  /// How weights are updated.
  var optimizer: OptimizerConfiguration { get }
  /// How many items a step sees, and how many steps there are.
  var batches: BatchConfiguration { get }
  /// Where the run is recorded, and what makes it repeatable.
  var run: RunConfiguration { get }
}

internal import LanguageModels
internal import PreferenceData
internal import RunRecords

/// A method that learns from data which is there before it starts: how the items of one optimizer
/// step become a gradient. The steps themselves are taken by ``OfflineLoop``.
protocol OfflineMethod {
  /// What is measured on items.
  associatedtype Metrics: StepMetrics
  /// What the method carries from step to step beside weights; a checkpoint keeps it.
  associatedtype State: Codable = Stateless

  /// The model whose trained parameters receive the gradient.
  var model: any TrainableModel { get }
  /// What the method carries before the first step.
  var initialState: State { get }

  /// Adds the gradient of the mean loss of some items to the parameters' gradients.
  ///
  /// - Parameters:
  ///   - items: Indices of training items: the whole optimizer step, which its loss is a mean over.
  ///   - step: The optimizer step, from 1.
  ///   - state: What the steps before have left.
  /// - Returns: What was measured.
  /// - Throws: ``TrainingError`` if a loss is not finite.
  func descend(on items: [Int], step: Int, state: inout State) throws -> Metrics

  /// Measures the same loss on what is held out, without gradient.
  ///
  /// - Parameters:
  ///   - step: Optimizer steps done.
  ///   - state: What they have left.
  /// - Returns: What was measured; `nil` where nothing is held out.
  /// - Throws: ``TrainingError`` if a loss is not finite.
  func evaluate(after step: Int, state: State) throws -> Metrics?

  /// Tokens of training items, as `num_tokens` counts them.
  func tokens(of items: [Int]) -> Int

  /// Where training items come from.
  func sources(of items: [Int]) -> [SourceLocation]
}

/// The state of a method that has none.
struct Stateless: Codable {}

extension OfflineMethod where State == Stateless {
  var initialState: Stateless { Stateless() }
}

/// Sums of what is measured on items, so that micro-batches of any size, and steps between two lines
/// of the log, average to the same.
protocol StepMetrics: Codable {
  /// Nothing was measured yet.
  init()
  /// Adds what was measured on other items.
  mutating func add(_ other: Self)
  /// The mean of the loss.
  var meanLoss: Double { get }
  /// What early stopping compares: lower is better.
  var criterion: Double { get }
  /// How a person calls ``criterion``.
  static var criterionName: String { get }
  /// The means, under the names of the log.
  var values: [MetricName: Double] { get }
}

extension StepMetrics {
  var criterion: Double { meanLoss }
  static var criterionName: String { "loss" }
}

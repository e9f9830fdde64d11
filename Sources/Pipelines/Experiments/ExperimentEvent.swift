public import Trainers

/// What an experiment tells while it goes on.
public enum ExperimentEvent: Sendable {
  /// The world and the models that policies begin from are made.
  case world(QuickstartEvent)
  /// A part begins, the how-many-th of how many.
  case began(String, number: Int, total: Int)
  /// A part trains on something, in the plural: `pairs`.
  case training(TrainingEvent, unit: String)
  /// A part goes on: so much of its work is done, which is called something.
  case working(String, done: Int, total: Int)
  /// A part is done.
  case finished(String, seconds: Double)
}

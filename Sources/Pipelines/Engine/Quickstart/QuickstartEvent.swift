public import Trainers

/// What a quickstart tells while it goes on.
public enum QuickstartEvent: Sendable {
  /// A stage begins.
  case began(QuickstartStage)
  /// A stage was done by an earlier command.
  case found(QuickstartStageRecord)
  /// A stage goes on: so much of its work is done, which is called something.
  case working(String, done: Int, total: Int)
  /// A stage trains on something, in the plural: `pairs`.
  case training(TrainingEvent, unit: String)
  /// A stage is done.
  case finished(QuickstartStageRecord)
}

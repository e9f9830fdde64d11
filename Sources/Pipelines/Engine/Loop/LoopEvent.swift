public import Trainers

/// What a loop tells while it goes on.
public enum LoopEvent: Sendable {
  /// A turn is begun, or gone on with.
  case turn(Int, isNew: Bool)
  /// Something that a person should know, as a sentence without a full stop.
  case note(String)
  /// A stage begins, or goes on.
  case began(LoopStage)
  /// A stage was done by an earlier command.
  case found(LoopStageRecord)
  /// A stage goes on: so much of its work is done, which is called something.
  case working(String, done: Int, total: Int)
  /// A stage trains on something, in the plural: `pairs`.
  case training(TrainingEvent, unit: String)
  /// A stage is done.
  case finished(LoopStageRecord)
}

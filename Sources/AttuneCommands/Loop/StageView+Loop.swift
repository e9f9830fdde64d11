import Pipelines

extension StageView {
  /// Shows an event of a loop.
  func show(_ event: LoopEvent) {
    switch event {
    case .turn(let number, let isNew):
      say("\(isNew ? "turn" : "going on with turn") \(number)")
    case .note(let sentence): say(sentence)
    case .began(let stage): begin(stage.numbered(stage.title))
    case .working(let activity, let done, let total): show(activity, done, total)
    case .training(let event, let unit): show(event, unit)
    case .found(let record):
      found(record.stage.numbered(record.stage.title))
      tell(record.findings, seconds: record.seconds)
    case .finished(let record): tell(record.findings, seconds: record.seconds)
    }
  }
}

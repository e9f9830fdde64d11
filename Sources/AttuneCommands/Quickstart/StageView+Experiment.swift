import Pipelines

extension StageView {
  /// Shows an event of an experiment.
  func show(_ event: ExperimentEvent) {
    switch event {
    case .world(.began(let stage)): begin("the world: \(stage.title)")
    case .world(.working(let activity, let done, let total)),
      .working(let activity, let done, let total):
      show(activity, done, total)
    case .world(.training(let event, let unit)), .training(let event, let unit):
      show(event, unit)
    case .world(.finished(let record)): tell(seconds: record.seconds)
    case .world(.found): break
    case .began(let part, let number, let total): begin("\(number)/\(total) \(part)")
    case .finished(_, let seconds): tell(seconds: seconds)
    }
  }
}

import Pipelines

extension StageView {
  /// Shows an event of a quickstart.
  ///
  /// - Parameters:
  ///   - event: What happens.
  ///   - challenges: What each of the challenges is, in a few words.
  func show(_ event: QuickstartEvent, challenges: [String]) {
    switch event {
    case .began(let stage): begin(stage.numbered(stage.title))
    case .working(let activity, let done, let total): show(activity, done, total)
    case .training(let event, let unit): show(event, unit)
    case .found(let record):
      found(record.stage.numbered(record.stage.title))
      tell(record, challenges)
    case .finished(let record): tell(record, challenges)
    }
  }

  private func tell(_ record: QuickstartStageRecord, _ challenges: [String]) {
    tell(record.findings, seconds: record.seconds)
    for (challenge, answer) in zip(challenges, record.answers) { quote(challenge, answer) }
  }
}

internal import Foundation
internal import Monitoring
internal import Synchronization

/// What the dashboard knows of the server over time.
final class ServerWatch: Sendable {
  private struct State {
    var history = LoadHistory()
    var looked = Date.distantPast
  }

  private let service: ModelService
  private let state = Mutex(State())

  /// How often is looked, in seconds.
  private static let interval = 2.0

  init(_ service: ModelService) { self.service = service }

  /// Looks at the metrics, if it is time.
  func look(at time: Date) {
    let isDue = state.withLock { state in
      guard time.timeIntervalSince(state.looked) >= Self.interval else { return false }
      state.looked = time
      return true
    }
    guard isDue else { return }
    service.updateGauges()
    state.withLock { $0.history.observe(service.metrics, at: time) }
  }

  /// The server at a moment.
  func snapshot(at time: Date) -> DashboardSnapshot {
    look(at: time)
    return DashboardSnapshot(
      time: time,
      model: "\(service.models.control.name) (\(service.models.control.systemFingerprint))",
      candidate: service.models.candidate?.systemFingerprint,
      load: state.withLock { $0.history.load },
      safety: service.metrics.counts(of: .safetyVerdicts),
      feedback: service.metrics.counts(of: .feedback), canary: service.desk?.snapshot(at: time),
      alignment: service.monitor?.alignment ?? [], alerts: service.monitor?.alerts ?? [])
  }
}

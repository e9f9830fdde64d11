import Logging
import Synchronization

/// A log that is kept, to be looked at.
final class RecordedLog: Sendable {
  private let kept = Mutex<[String]>([])

  /// The lines: level, message, and metadata in the order of their names.
  var lines: [String] { kept.withLock { $0 } }

  /// A logger that writes here.
  var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

  private func keep(_ line: String) { kept.withLock { $0.append(line) } }

  private struct Handler: LogHandler {
    let log: RecordedLog
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let all = metadata.merging(event.metadata ?? [:]) { $1 }
      let words = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      log.keep((["\(event.level)", "\(event.message)"] + words).joined(separator: " "))
    }
  }
}

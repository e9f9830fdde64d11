import Foundation
import Monitoring
import RunRecords

/// How far a log was watched, and where its rules stand: what outlives a restart.
struct WatchState: Codable {
  /// Windows that were looked at.
  var windows = 0
  /// Where the next window begins.
  var position = LogFollower.Position()
  /// Where each rule stands.
  var rules: [String: AlertState] = [:]

  /// Reads a state; a new one where there is no file.
  ///
  /// - Throws: ``Failure`` for a file that is none.
  init(path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else { return }
    do {
      self = try JSONDecoder().decode(WatchState.self, from: data)
    } catch {
      throw Failure(
        .data,
        "\(path): this is no state of attune monitor watch; remove it to begin anew, or give another --state"
      )
    }
  }

  /// Writes the state, whole or not at all.
  func save(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try AtomicFile.write(try encoder.encode(self), to: path)
  }
}

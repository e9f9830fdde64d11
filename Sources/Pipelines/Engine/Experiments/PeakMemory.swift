internal import Foundation

/// The most memory that the process has held since a moment.
///
/// Linux alone can be asked to forget what was before (`/proc/self/clear_refs`); elsewhere there is no
/// number.
struct PeakMemory {
  /// Begins to measure; `nil` where the system cannot.
  init?() {
    guard let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return nil }
    defer { try? file.close() }
    do { try file.write(contentsOf: Data("5".utf8)) } catch { return nil }
  }

  /// Bytes, at most, since ``init()``; `nil` where the system does not say.
  var bytes: Double? {
    guard let data = FileManager.default.contents(atPath: "/proc/self/status") else { return nil }
    let line = String(decoding: data, as: UTF8.self).split(separator: "\n")
      .first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { $0.split(whereSeparator: \.isWhitespace).dropFirst().first }
      .flatMap { Double($0) }.map { $0 * 1024 }
  }
}

internal import Foundation
internal import RunRecords

/// What an experiment has measured so far, on the disk: a line of JSON for each finished part, so that an
/// interrupted experiment repeats no part that was finished.
struct ExperimentLog<Row: ExperimentRow> {
  /// What the first line says: rows of other settings do not belong together.
  struct Heading: Codable, Equatable {
    let experiment: String
    let size: ExperimentSize
    let seed: UInt64
  }

  private struct Part: Codable {
    let part: String
    let seconds: Double
    let rows: [Row]
  }

  private let path: String
  private let heading: Heading
  private var parts: [Part] = []

  /// Opens a log, or begins one.
  ///
  /// A last line that a kill has cut short counts as not written.
  ///
  /// - Parameters:
  ///   - path: Its file.
  ///   - heading: What is measured.
  /// - Throws: ``ExperimentError/other(path:experiment:size:seed:)`` where the file is of something else,
  ///   ``ExperimentError/broken(path:line:)`` where it is none.
  init(_ path: String, _ heading: Heading) throws {
    (self.path, self.heading) = (path, heading)
    guard let data = FileManager.default.contents(atPath: path) else {
      try write()
      return
    }
    let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // What stands after the last line feed is no line yet.
    let whole = lines.dropLast()
    guard let first = whole.first, let seen = try? JSONDecoder().decode(Heading.self, from: first)
    else { throw ExperimentError.broken(path: path, line: 1) }
    guard seen == heading else {
      throw ExperimentError.other(
        path: path, experiment: seen.experiment, size: seen.size, seed: seen.seed)
    }
    parts = try whole.dropFirst().enumerated().map { index, line in
      do {
        return try JSONDecoder().decode(Part.self, from: line)
      } catch {
        throw ExperimentError.broken(path: path, line: index + 2)
      }
    }
  }

  /// All rows, in the order in which they were measured.
  var rows: [Row] { parts.flatMap(\.rows) }

  /// How long all parts took, in seconds.
  var seconds: Double { parts.reduce(0) { $0 + $1.seconds } }

  /// Whether a part is finished.
  func holds(_ part: String) -> Bool { parts.contains { $0.part == part } }

  /// Adds a finished part.
  ///
  /// - Parameters:
  ///   - part: What was measured.
  ///   - seconds: How long it took.
  ///   - rows: What was seen.
  /// - Throws: `RunRecordError` where the file cannot be written.
  mutating func append(_ part: String, seconds: Double, _ rows: [Row]) throws {
    parts.append(Part(part: part, seconds: seconds, rows: rows))
    try write()
  }

  /// Writes the whole file: it is small, and so it is whole at any moment.
  private func write() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var bytes = try encoder.encode(heading) + [UInt8(ascii: "\n")]
    for part in parts { bytes += try encoder.encode(part) + [UInt8(ascii: "\n")] }
    try AtomicFile.write(bytes, to: path)
  }
}

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `metrics.jsonl`: one JSON object for each logged step, appended as the run goes.
///
/// Each line is handed to the operating system in one call before `append` returns, so a run that
/// is killed keeps every line it logged. (A machine that loses power may lose the last seconds:
/// waiting for the disk at every step would cost more than it saves.)
public final class MetricsLog: Sendable {
  /// The name of the file in a run directory.
  package static let fileName = "metrics.jsonl"
  private let descriptor: FileDescriptor

  /// Opens the file for appending and makes it if it is missing.
  package init(path: String) throws(RunRecordError) {
    descriptor = try FileDescriptor(
      opening: path, O_WRONLY | O_CREAT | O_APPEND, to: "open the metrics log")
  }

  /// Appends one line.
  public func append(_ entry: MetricsEntry) throws(RunRecordError) {
    try descriptor.write(Array((entry.jsonLine + "\n").utf8))
  }

  /// Reads the log of a run.
  ///
  /// A last line without a line feed is what a killed process leaves; it is not counted.
  ///
  /// - Parameter path: The path of a `metrics.jsonl`.
  /// - Returns: The entries in the order of the file.
  /// - Throws: ``RunRecordError`` with the line that does not read as a logged step.
  public static func entries(at path: String) throws(RunRecordError) -> [MetricsEntry] {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: NonFinite.infinity, negativeInfinity: NonFinite.negativeInfinity,
      nan: NonFinite.notANumber)
    let bytes = try readFile(path)
    guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return [] }

    var entries: [MetricsEntry] = []
    let lines = bytes[..<end].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      guard
        var values = try? decoder.decode([String: Double].self, from: Data(line)),
        let number = values.removeValue(forKey: MetricName.step.rawValue),
        let step = Int(exactly: number)
      else {
        throw .malformed(
          path: path, line: index + 1,
          problem: "is not a logged step: expected an object of numbers with a whole 'step'")
      }
      let named = values.map { (MetricName(rawValue: $0.key), $0.value) }
      entries.append(MetricsEntry(step: step, values: Dictionary(uniqueKeysWithValues: named)))
    }
    return entries
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `completions.jsonl`: some of the completions that a run has sampled, one JSON object a line.
public final class CompletionsLog: Sendable {
  /// The name of the file in a run directory.
  package static let fileName = "completions.jsonl"
  private let descriptor: FileDescriptor

  /// Opens the file for appending and makes it if it is missing.
  package init(path: String) throws(RunRecordError) {
    descriptor = try FileDescriptor(
      opening: path, O_WRONLY | O_CREAT | O_APPEND, to: "open the completions log")
  }

  /// Appends lines, in one call to the operating system.
  ///
  /// - Parameter rows: JSON objects without line feeds.
  /// - Throws: ``RunRecordError`` if the disk does not take them.
  public func append(_ rows: [String]) throws(RunRecordError) {
    try descriptor.write(Array(rows.map { $0 + "\n" }.joined().utf8))
  }
}

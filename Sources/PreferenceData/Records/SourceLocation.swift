/// Where a record stood: the file as the user named it, and the line on which the record began.
public struct SourceLocation: Sendable, Hashable, CustomStringConvertible {
  /// The path as it was given.
  public let file: String
  /// The line, counted from 1; in a CSV file or a JSON array, that of the record's first byte.
  public let line: Int

  /// A place in a file.
  ///
  /// - Parameters:
  ///   - file: The path as the user gave it.
  ///   - line: The line, counted from 1.
  public init(file: String, line: Int) {
    self.file = file
    self.line = line
  }

  /// `file:line`, which editors and terminals turn into a link.
  public var description: String { "\(file):\(line)" }
}

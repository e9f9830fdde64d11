/// One thing that is wrong with one row: what was seen, what is allowed, what to do.
public struct RowProblem: Sendable, Hashable {
  /// Where the row begins.
  public let source: SourceLocation
  /// The field, or nil where the row as a whole cannot be read.
  public let field: String?
  /// What stands there.
  public let seen: String
  /// What may stand there.
  public let allowed: String
  /// What to do about it.
  public let remedy: String

  /// A problem.
  ///
  /// - Parameters:
  ///   - source: Where the row begins.
  ///   - field: The field, or nil where the row as a whole cannot be read.
  ///   - seen: What stands there, as the end of "saw …".
  ///   - allowed: What may stand there, as the end of "allowed is …".
  ///   - remedy: What to do about it.
  public init(
    source: SourceLocation, field: String?, seen: String, allowed: String, remedy: String
  ) {
    self.source = source
    self.field = field
    self.seen = seen
    self.allowed = allowed
    self.remedy = remedy
  }
}

extension RowProblem: CustomStringConvertible {
  /// `file:line: field: saw …; allowed is …; remedy.`
  public var description: String {
    let place = field.map { "\(source): field `\($0)`" } ?? "\(source)"
    return "\(place): saw \(seen); allowed is \(allowed); \(remedy)."
  }
}

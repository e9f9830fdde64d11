/// The rows that are not what their file claims to hold: how many, and what is wrong with the first
/// of them.
///
/// A file of another format can have a problem in each of a million rows: the first thousand
/// problems are kept and the others counted.
public struct MalformedRows: Sendable, Hashable {
  private static let keptProblems = 1000
  private static let shownProblems = 20

  /// The number of rows with at least one problem.
  public private(set) var count = 0
  /// The first problems in the order of the rows, at most a thousand.
  public private(set) var problems: [RowProblem] = []
  /// The number of problems that are not kept.
  public private(set) var furtherProblems = 0

  /// No rows.
  public init() {}

  /// Counts one more row.
  ///
  /// - Parameter problems: What is wrong with it, one problem at least.
  public mutating func add(_ problems: [RowProblem]) {
    precondition(!problems.isEmpty, "a row without a problem is not malformed")
    count += 1
    append(problems)
  }

  /// Counts the rows of both.
  ///
  /// - Parameter other: Rows that come later.
  public mutating func merge(_ other: MalformedRows) {
    count += other.count
    append(other.problems)
    furtherProblems += other.furtherProblems
  }

  private mutating func append(_ new: [RowProblem]) {
    let room = max(Self.keptProblems - problems.count, 0)
    problems += new.prefix(room)
    furtherProblems += max(new.count - room, 0)
  }
}

extension MalformedRows: CustomStringConvertible {
  /// The number of rows, then one line a problem for the first twenty, and the number of the rest.
  public var description: String {
    let rows = count == 1 ? "1 row is malformed" : "\(count) rows are malformed"
    return "\(rows):\n\(list)"
  }

  /// One line a problem for the first twenty, and the number of the rest.
  package var list: String {
    let rest = problems.count + furtherProblems - Self.shownProblems
    var lines = problems.prefix(Self.shownProblems).map(\.description)
    if rest > 0 { lines.append("… and \(rest) more.") }
    return lines.joined(separator: "\n")
  }
}

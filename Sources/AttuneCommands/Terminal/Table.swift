/// A table of results as plain text: a heading, a rule, and one line a row.
package struct Table: Equatable, Sendable {
  /// Where the text of a column stands.
  package enum Alignment: Sendable {
    /// For words.
    case left
    /// For numbers.
    case right
  }

  /// A column's heading and alignment.
  package struct Column: Equatable, Sendable {
    /// The heading.
    package let title: String
    /// Where the text stands.
    package let alignment: Alignment

    /// A column.
    package init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  /// The columns from left to right.
  package let columns: [Column]
  /// The cells, row by row.
  package private(set) var rows: [[String]] = []

  /// A table without rows.
  package init(_ columns: Column...) { self.columns = columns }

  /// Adds a row with one cell for each column.
  package mutating func append(_ cells: String...) {
    precondition(
      cells.count == columns.count, "\(cells.count) cells for \(columns.count) columns: \(cells)")
    rows.append(cells)
  }

  /// The table as text, without a line feed at the end and without blanks at the end of a line.
  package func rendered() -> String {
    let titles = columns.map(\.title)
    let widths = columns.indices.map { column in
      ([titles] + rows).map { $0[column].count }.max() ?? 0
    }
    let rule = widths.map { String(repeating: "-", count: $0) }
    return ([titles, rule] + rows).map { line($0, widths) }.joined(separator: "\n")
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    let padded = zip(zip(cells, columns), widths).map { cell, width in
      let padding = String(repeating: " ", count: width - cell.0.count)
      return cell.1.alignment == .left ? cell.0 + padding : padding + cell.0
    }
    let text = padded.joined(separator: "  ")
    return String(
      text[..<(text.lastIndex { $0 != " " }.map(text.index(after:)) ?? text.startIndex)])
  }
}

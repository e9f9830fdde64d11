/// How lengths are spread, drawn with block characters: one row a range of lengths, one column of
/// bars a role.
package struct LengthHistogram {
  private static let mostBins = 12
  private static let gap = "  "

  private struct Column {
    let title: String
    let style: TerminalColor.Style
    let counts: [Int]
  }

  private let labels: [String]
  private let columns: [Column]

  /// A histogram whose ranges cover all but the longest hundredth, and that too where there is room;
  /// else the last range has no end.
  ///
  /// - Parameter lengths: What is drawn side by side, over the same ranges.
  package init(_ lengths: [(column: String, counts: LengthCounts)]) {
    let longest = lengths.map { Int($0.counts.quantile(0.99)) }.max() ?? 0
    let maximum = lengths.map(\.counts.maximum).max() ?? 0
    let step = Self.step(reaching: longest)
    let reach = maximum / step < Self.mostBins ? maximum : longest
    let starts = Array(stride(from: 0, through: reach, by: step))
    let ranges = starts.map { start in
      start == starts.last ? start..<max(maximum + 1, start + step) : start..<start + step
    }
    labels = ranges.map { range in
      let (first, last) = (NumberText.grouped(range.lowerBound), range.upperBound - 1)
      if range.count > step { return "\(first) or more" }
      return range.count == 1 ? first : "\(first)–\(NumberText.grouped(last))"
    }
    columns = lengths.map { column, counts in
      Column(title: column, style: Self.style(of: column), counts: ranges.map(counts.count(in:)))
    }
  }

  /// The least of 1, 2, 5, 10, 20, 50 … that needs no more than ``mostBins`` ranges.
  private static func step(reaching longest: Int) -> Int {
    var unit = 1
    while true {
      for step in [unit, 2 * unit, 5 * unit] where longest / step < mostBins { return step }
      unit *= 10
    }
  }

  private static func style(of column: String) -> TerminalColor.Style {
    switch column {
    case "prompt": .dim
    case "rejected", "undesirable": .red
    default: .green
    }
  }

  /// The histogram as text.
  ///
  /// - Parameters:
  ///   - width: The columns of the terminal: where the bars would be too short side by side, they
  ///     stand one below the other.
  ///   - color: Whether the bars are painted.
  /// - Returns: Text without a line feed at the end.
  package func rendered(width: Int, color: TerminalColor) -> String {
    let shortestBar = 6
    let wide = parts(of: columns, width: width, color: color, shortestBar: shortestBar)
    if let wide { return wide }
    return columns.compactMap { parts(of: [$0], width: width, color: color, shortestBar: 1) }
      .joined(separator: "\n")
  }

  /// The columns side by side, or nil where the bars would be shorter than wanted.
  private func parts(
    of columns: [Column], width: Int, color: TerminalColor, shortestBar: Int
  ) -> String? {
    let labelWidth = max(labels.map(\.count).max() ?? 0, "tokens".count)
    let digits = columns.map { NumberText.grouped($0.counts.max() ?? 0).count }
    let gaps = columns.count * Self.gap.count
    let room = width - labelWidth - gaps - digits.reduce(0) { $0 + $1 + 1 }
    let barWidth = min(room / max(columns.count, 1), 40)
    guard barWidth >= shortestBar || (shortestBar == 1 && columns.count == 1) else { return nil }
    let bars = zip(columns, digits).map { column, digits in
      cells(of: column, barWidth: max(barWidth, 1), cellWidth: max(barWidth, 1) + 1 + digits, color)
    }
    let left = (["tokens"] + labels).map { label in
      String(repeating: " ", count: labelWidth - label.count) + label
    }
    return left.indices.map { row in
      ([left[row]] + bars.map { $0[row] }).joined(separator: Self.gap).trimmingTrailingSpaces
    }.joined(separator: "\n")
  }

  /// The title and a bar a range, all of one width.
  private func cells(
    of column: Column, barWidth: Int, cellWidth: Int, _ color: TerminalColor
  ) -> [String] {
    let most = column.counts.max() ?? 0
    func padded(_ shown: String, columns: Int) -> String {
      shown + String(repeating: " ", count: max(cellWidth - columns, 0))
    }
    let bars = column.counts.map { count -> String in
      if count == 0 { return padded("", columns: 0) }
      let bar = Self.bar(Double(count) / Double(max(most, 1)), width: barWidth)
      let number = " \(NumberText.grouped(count))"
      return padded(color.paint(bar, column.style) + number, columns: bar.count + number.count)
    }
    return [padded(column.title, columns: column.title.count)] + bars
  }

  /// A bar of eighths of a column, an eighth at least.
  package static func bar(_ share: Double, width: Int) -> String {
    let eighths = max(Int((share * Double(width * 8)).rounded()), 1)
    let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + partial[eighths % 8]
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
  }
}

/// A table of a report.
public struct ReportTable: Sendable, Hashable {
  /// A column.
  public struct Column: Sendable, Hashable {
    /// The heading.
    public var title: String
    /// Whether it holds numbers, which stand at the right.
    public var isNumeric: Bool

    /// A column of words.
    ///
    /// - Parameter title: The heading.
    /// - Returns: The column.
    public static func words(_ title: String) -> Column { Column(title: title, isNumeric: false) }

    /// A column of numbers.
    ///
    /// - Parameter title: The heading.
    /// - Returns: The column.
    public static func numbers(_ title: String) -> Column { Column(title: title, isNumeric: true) }
  }

  /// A cell.
  public struct Cell: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// What stands in it.
    public var text: String
    /// How it stands out.
    public var tone: ReportTone
    /// A file beside the page that it leads to; `nil` for none.
    public var link: String?

    /// A cell.
    ///
    /// - Parameters:
    ///   - text: What stands in it.
    ///   - tone: How it stands out.
    ///   - link: A file beside the page that it leads to.
    public init(_ text: String, tone: ReportTone = .plain, link: String? = nil) {
      self.text = text
      self.tone = tone
      self.link = link
    }

    fileprivate var content: Markup {
      link.map { .element("a", ["href": $0], .text(text)) } ?? .text(text)
    }

    /// A plain cell.
    ///
    /// - Parameter value: What stands in it.
    public init(stringLiteral value: String) { self.init(value) }
  }

  /// The columns from left to right.
  public let columns: [Column]
  /// The cells, row by row.
  public private(set) var rows: [[Cell]] = []

  /// A table without rows.
  ///
  /// - Parameter columns: The columns from left to right.
  public init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row.
  ///
  /// - Parameter cells: One for each column.
  public mutating func append(_ cells: [Cell]) {
    precondition(cells.count == columns.count, "\(cells.count) cells for \(columns.count) columns")
    rows.append(cells)
  }

  /// The first cell of a row is its heading.
  var markup: Markup {
    let head = columns.map { column in
      Markup.element(
        "th", ["scope": "col", "class": column.isNumeric ? "n" : nil], .text(column.title))
    }
    let body = rows.map { row in
      Markup.element(
        "tr", [:],
        zip(columns, row).enumerated().map { index, pair in
          let (column, cell) = pair
          let classes = [column.isNumeric ? "n" : nil, cell.tone.className].compactMap { $0 }
          return .element(
            index == 0 ? "th" : "td",
            [
              "scope": index == 0 ? "row" : nil,
              "class": classes.isEmpty ? nil : classes.joined(separator: " "),
            ], cell.content)
        })
    }
    return .element(
      "div", ["class": "table", "tabindex": "0"],
      .element(
        "table", [:],
        .element("thead", [:], .element("tr", [:], head)), .element("tbody", [:], body)))
  }
}

/// How something stands out in a report.
public enum ReportTone: String, Sendable, Hashable {
  /// Not at all.
  case plain
  /// As it should be.
  case good
  /// Worth a look.
  case caution
  /// Wants attention.
  case alarming

  /// The class of the style sheet.
  var className: String? { self == .plain ? nil : "tone-\(rawValue)" }
}

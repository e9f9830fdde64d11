/// Columns of numbers of a file, whatever else is in it.
///
///     let table = try NumberTable("run.csv", columns: ["policy_rewards", "true_quality"])
///     table.rows[0].numbers["true_quality"]  // 0.61
public struct NumberTable: Sendable, Hashable {
  /// A row, and where it stood.
  public struct Row: Sendable, Hashable {
    /// Where it stood.
    public let source: SourceLocation
    /// Its numbers by column, all finite; only optional columns can be missing.
    public let numbers: [String: Double]
  }

  /// The rows in order, one at least.
  public let rows: [Row]

  /// Reads columns.
  ///
  /// Cells of CSV may have blanks around their number. An empty cell is no number, and only in an
  /// optional column is that allowed.
  ///
  /// - Parameters:
  ///   - path: A file that ends in `.csv`, `.jsonl` or `.json`, perhaps with `.gz`.
  ///   - columns: The columns that every row must have.
  ///   - optional: Those that rows may have.
  /// - Throws: ``DataError``; for rows without a number where one must be, one error that tells of
  ///   all of them.
  public init(
    _ path: String, columns: [String], optional: [String] = []
  ) throws(DataError) {
    let initial = (rows: [Row](), malformed: MalformedRows())
    let pass = try TablePass(
      path, fields: .columns(Set(columns + optional)), into: initial
    ) { _ in
      nil
    } add: { content, scanned, _ in
      var reading = NumberReading(scanned)
      for column in columns { reading.take(column, isOptional: false) }
      for column in optional { reading.take(column, isOptional: true) }
      if reading.problems.isEmpty {
        content.rows.append(Row(source: reading.source, numbers: reading.numbers))
      } else {
        content.malformed.add(reading.problems)
      }
    }
    // One sentence on a column that is nowhere, rather than one on each row.
    let seen = pass.columns.all
    if !seen.isEmpty, !columns.allSatisfy(seen.contains) {
      throw .missingColumns(path: path, seen: seen.sorted(), needed: columns)
    }
    guard pass.state.malformed.count == 0 else { throw .malformed(pass.state.malformed) }
    rows = pass.state.rows
  }
}

/// The numbers of one row as far as they have been taken out of it.
private struct NumberReading {
  let source: SourceLocation
  private(set) var numbers: [String: Double] = [:]
  private(set) var problems: [RowProblem] = []
  private let row: Row?

  init(_ scanned: ScannedRow) {
    switch scanned {
    case .row(let row): (self.row, source) = (row, row.source)
    case .problem(let problem): (row, source, problems) = (nil, problem.source, [problem])
    }
  }

  mutating func take(_ column: String, isOptional: Bool) {
    guard let row else { return }
    switch row[column] {
    case .number(let number)? where number.isFinite: numbers[column] = number
    case .string(let text)?:
      let cell = text.trimmingSpaces
      if let number = DecimalNumber.value(of: cell) {
        numbers[column] = number
      } else if !cell.isEmpty {
        refuse(column, "the text \(cell.quotedExcerpt)", "correct the value")
      } else if !isOptional {
        refuse(
          column, "an empty cell",
          "columns must be equally long: fill the cell in or remove the row")
      }
    case nil:
      if !isOptional { refuse(column, "no such field", "add it or remove the row") }
    case let value?: refuse(column, value.summary, "correct the value")
    }
  }

  private mutating func refuse(_ column: String, _ seen: String, _ remedy: String) {
    problems.append(
      RowProblem(source: source, field: column, seen: seen, allowed: "a number", remedy: remedy))
  }
}

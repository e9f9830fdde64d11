/// The columns `item`, `annotator` and `value` of a file: who said what of which item.
///
///     let table = try RatingTable("ratings.csv", as: .numbers)
///     table.values        // .numbers([Rating(item: "7", annotator: "ann", value: 4), …])
///
/// Items and annotators may be texts or numbers, and blanks around a text do not count. An empty
/// value is a judgment that was not given.
public struct RatingTable: Sendable, Hashable {
  /// What values are to be.
  public enum ValueKind: Sendable, Hashable, CaseIterable {
    /// Names of categories; numbers and Booleans are names too.
    case categories
    /// Finite numbers.
    case numbers
    /// Finite numbers from 0.
    case amounts
  }

  /// The judgments, as they are to be understood.
  public enum Values: Sendable, Hashable {
    /// Names of categories.
    case categories([Rating<String>])
    /// Numbers.
    case numbers([Rating<Double>])
  }

  /// The judgments in the order of their rows, none twice for an item and an annotator.
  public let values: Values
  /// How many rows have no value.
  public let missing: Int

  /// Reads judgments.
  ///
  /// - Parameters:
  ///   - path: A file that ends in `.csv`, `.jsonl` or `.json`, perhaps with `.gz`.
  ///   - kind: What values are to be.
  /// - Throws: ``DataError``; for rows that cannot be used, one error that tells of all of them.
  public init(_ path: String, as kind: ValueKind) throws(DataError) {
    let columns = ["item", "annotator", "value"]
    let pass = try TablePass(
      path, fields: .columns(Set(columns)), into: RatingRows(kind: kind)
    ) { _ in
      nil
    } add: { rows, scanned, _ in
      rows.add(scanned)
    }
    // One sentence on a column that is nowhere, rather than one on each row.
    let seen = pass.columns.all
    if !seen.isEmpty, !columns.allSatisfy(seen.contains) {
      throw .missingColumns(path: path, seen: seen.sorted(), needed: columns)
    }
    guard pass.state.malformed.count == 0 else { throw .malformed(pass.state.malformed) }
    values = kind == .categories ? .categories(pass.state.names) : .numbers(pass.state.numbers)
    missing = pass.state.missing
  }
}

/// The feature vectors of a file, all of one width: pairs or single vectors.
///
///     let file = try FeatureFile("features.jsonl")
///     file.width            // 12
///     file.rows[0].vectors  // those of the chosen and of the rejected completion
public struct FeatureFile: Sendable {
  /// The usable rows in order.
  public let rows: [FeatureRow]
  /// Whether rows hold pairs: `chosen_features` and `rejected_features`.
  public let arePairs: Bool
  /// The numbers of each vector.
  public let width: Int
  /// The rows that were left out.
  public let dropped: DroppedRows

  /// Reads a file. What its first row holds, all rows must hold.
  ///
  /// - Parameters:
  ///   - path: A file that ends in `.jsonl`, `.json` or `.csv`, perhaps with `.gz`.
  ///   - width: How many numbers each vector must have; `nil` for as many as the first one has.
  ///   - judged: Whether rows must hold pairs whose sides differ; others are refused, or left out.
  /// - Throws: ``DataError``; for rows that do not fit, one error that tells of all of them.
  public init(_ path: String, width: Int? = nil, judged: Bool = false) throws(DataError) {
    let initial = Rows(width: width, judged: judged)
    let pass = try TablePass(path, fields: .features, into: initial) { _ in
      nil
    } add: { rows, row, _ in
      rows.add(row)
    }
    let content = pass.state
    guard content.malformed.count == 0 else { throw .malformed(content.malformed) }
    guard let width = content.width, !content.rows.isEmpty else {
      throw .nothingLeft(paths: [path], dropped: content.dropped)
    }
    rows = content.rows
    arePairs = content.arePairs ?? false
    self.width = width
    dropped = content.dropped
  }
}

/// What the rows of a file came to.
private struct Rows {
  private(set) var rows: [FeatureRow] = []
  private(set) var malformed = MalformedRows()
  private(set) var dropped = DroppedRows()
  private(set) var width: Int?
  private(set) var arePairs: Bool?

  private let judged: Bool

  init(width: Int?, judged: Bool) {
    self.width = width
    self.judged = judged
    arePairs = judged ? true : nil
  }

  mutating func add(_ scanned: ScannedRow) {
    if arePairs == nil, case .row(let row) = scanned {
      arePairs = row["chosen_features"] != nil || row["rejected_features"] != nil
    }
    let reading = RowReading(scanned, as: .text, of: [.text]) { fields, _ in
      FeatureRow.decode(from: &fields, arePairs: arePairs ?? false, width: width, judged: judged)
    }
    switch reading.outcome {
    case .record(let row):
      width = width ?? row.vectors[0].count
      rows.append(row)
    case .unusable(let reason): dropped.add(reason, at: reading.source)
    case .malformed: malformed.add(reading.problems)
    }
  }
}

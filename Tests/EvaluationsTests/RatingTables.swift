import Evaluations
import PreferenceData

extension Ratings {
  /// A table with a row an item and a column an annotator.
  init(rows: [[Double?]]) {
    self.init(numbers: Self.cells(rows))
  }

  /// A table with a row an annotator and a column an item; values are divided by blanks, and `*` is
  /// none.
  init(annotators: [String]) {
    let columns = annotators.map { $0.split(separator: " ").map { Double($0) } }
    self.init(rows: (columns.first ?? []).indices.map { item in columns.map { $0[item] } })
  }

  /// Ratings from a table, items and annotators called by their numbers.
  static func cells(_ rows: [[Double?]]) -> [Rating<Double>] {
    rows.enumerated().flatMap { item, row in
      row.enumerated().compactMap { annotator, value in
        value.map { Rating(item: "\(1000 + item)", annotator: "a\(annotator)", value: $0) }
      }
    }
  }

  /// Krippendorff's own 4 × 12 table.
  static let krippendorff = Ratings(annotators: [
    "1 2 3 3 2 1 4 1 2 * * *", "1 2 3 3 2 2 4 1 2 5 * 3", "* 3 3 3 2 3 4 2 2 5 1 *",
    "1 2 3 3 2 4 4 1 2 5 1 *",
  ])
}

internal import Evaluations
public import PreferenceData

extension WatchedRun {
  /// Reads the columns `policy_rewards` and `true_quality` and, where they are there, `kl` and
  /// `step`. Rows are in the order of training; without steps they count as steps 0, 1, 2, ….
  ///
  /// - Parameter path: A file that ends in `.csv`, `.jsonl` or `.json`, perhaps with `.gz`.
  /// - Throws: `DataError` for a file that cannot be read, a column that is missing, and cells that
  ///   are no numbers or steps.
  public init(columns path: String) throws(DataError) {
    let table = try NumberTable(
      path, columns: [Column.proxy, Column.gold], optional: [Column.divergence, Column.step])
    let hasSteps = table.rows.contains { $0.numbers[Column.step] != nil }
    var evaluations: [HackingObservation] = []
    var malformed = MalformedRows()
    for (index, row) in table.rows.enumerated() {
      let last = evaluations.last?.step
      guard let step = hasSteps ? row.step(after: last) : index else {
        malformed.add([row.stepProblem(after: last)])
        continue
      }
      evaluations.append(
        HackingObservation(
          step: step, proxy: row.numbers[Column.proxy], gold: row.numbers[Column.gold],
          divergence: row.numbers[Column.divergence]))
    }
    guard malformed.count == 0 else { throw .malformed(malformed) }
    self.init(
      source: path, evaluations: evaluations,
      notes: hasSteps ? [] : ["without a column `step` the rows count as steps 0, 1, 2, …"])
  }

  private enum Column {
    static let proxy = "policy_rewards"
    static let gold = "true_quality"
    static let divergence = "kl"
    static let step = "step"
  }
}

extension NumberTable.Row {
  /// The row's step where it is one, and later than another.
  fileprivate func step(after last: Int?) -> Int? {
    guard let step = numbers["step"].flatMap(Int.init(exactly:)), step >= 0 else { return nil }
    return last.map { step > $0 } ?? true ? step : nil
  }

  /// Why the row has no step.
  fileprivate func stepProblem(after last: Int?) -> RowProblem {
    let seen =
      numbers["step"].map { number in
        Int(exactly: number).map { "the step \($0)" } ?? "the number \(number)"
      } ?? "an empty cell"
    return RowProblem(
      source: source, field: "step", seen: seen,
      allowed: "a whole number"
        + (last.map { " above \($0), the step of the row before" } ?? " from 0"),
      remedy: "sort the rows by step, keep one of each, or leave the column out")
  }
}

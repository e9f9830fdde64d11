/// A row's prompt, continued by the completion of the same row or of another one.
struct Continuation: Hashable {
  /// The row whose prompt it is.
  let prompt: Int
  /// The row whose completion it is.
  let completion: Int

  /// A row as it stands in the data.
  init(of row: Int) { (prompt, completion) = (row, row) }

  private init(prompt: Int, completion: Int) {
    (self.prompt, self.completion) = (prompt, completion)
  }

  /// The prompts of some rows with the completion of the row before, that of the last row behind the
  /// first prompt.
  ///
  /// Both models score these to estimate how far apart they are: the completions are the same as in
  /// the rows themselves, and say nothing about the prompts. A row that is alone keeps its own.
  ///
  /// - Parameter rows: The rows of an optimizer step, in its order.
  /// - Returns: One a row.
  static func mismatched(_ rows: [Int]) -> [Continuation] {
    zip(rows, rows.suffix(1) + rows.dropLast()).map(Continuation.init)
  }
}

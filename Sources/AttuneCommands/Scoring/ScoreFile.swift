import PreferenceData
import Trainers

/// The output of `attune score`: one row for each row of the input, in its order.
struct ScoreFile: ~Copyable {
  private let input: ScoringInput
  private let perToken: Bool
  private var writer: JSONLinesWriter
  private var next = 0

  /// Continues a file that was opened before there was anything to write.
  ///
  /// - Parameters:
  ///   - writer: The open file.
  ///   - input: The rows.
  ///   - perToken: Whether each token's log probability and id are written.
  init(_ writer: consuming JSONLinesWriter, of input: ScoringInput, perToken: Bool) {
    self.writer = writer
    self.input = input
    self.perToken = perToken
  }

  /// Writes the scores of a row, after those rows before it that could not be scored.
  mutating func write(_ scores: [SequenceScoring.Score], ofRow index: Int) throws(DataError) {
    try writeUnscored(before: index)
    try write(input.rows[index], scores)
  }

  /// Writes what could not be scored at the end, and gives the file its name.
  consuming func commit() throws(DataError) {
    try writeUnscored(before: input.rows.count)
    try writer.commit()
  }

  private mutating func writeUnscored(before index: Int) throws(DataError) {
    while next < index { try write(input.rows[next], nil) }
  }

  private mutating func write(
    _ row: ScoringRow, _ scores: [SequenceScoring.Score]?
  ) throws(DataError) {
    try writer.write(row.result(sides: input.sides, scores: scores, perToken: perToken))
    next += 1
  }
}

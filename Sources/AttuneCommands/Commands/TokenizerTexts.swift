import PreferenceData
import Tokenization

/// What `tokenizer train` reads: the texts of all usable rows, and an account of the others.
struct TokenizerTexts {
  private(set) var trainer: TokenizerTrainer
  private(set) var records = 0
  private(set) var dropped = DroppedRows()
  private var malformed = MalformedRows()

  /// No texts yet.
  init(trainer: TokenizerTrainer) { self.trainer = trainer }

  /// Reads a file.
  ///
  /// - Throws: `DataError` where it cannot be read.
  mutating func read(_ path: String) throws(DataError) {
    self = try DataScan(path, into: self) { texts, row in texts.add(row) }.state
  }

  /// Checks what all files have come to.
  ///
  /// - Parameter paths: The files.
  /// - Throws: `DataError` for malformed rows, or where there is no text.
  func check(_ paths: [String]) throws(DataError) {
    guard malformed.count == 0 else { throw .malformed(malformed) }
    guard records > 0 else { throw .nothingLeft(paths: paths, dropped: dropped) }
  }

  /// What was read, and what was left out and why.
  var account: String {
    let read =
      "\(NumberText.grouped(records)) records, \(NumberText.bytes(trainer.byteCount)) of text, "
      + "\(NumberText.grouped(trainer.distinctPieces)) distinct pieces"
    if dropped.total == 0 { return read }
    let reasons = String(describing: dropped).split(separator: "\n").map { "  \($0)" }
    return "\(read); left out:\n" + reasons.joined(separator: "\n")
  }

  private mutating func add(_ row: DataRow) {
    switch row.content {
    case .record(let record):
      records += 1
      for text in record.texts { trainer.add(text) }
    case .unusable(let reason): dropped.add(reason, at: row.source)
    case .malformed(let problems): malformed.add(problems)
    }
  }
}

internal import AnnotationStore

/// What users have said about served responses, as far as they agreed that it is learned from.
struct LoopFeedback {
  /// Preference pairs: corrections, regenerations, and a good beside a bad response to one prompt.
  let pairs: [LoopRow]
  /// Judgments of single responses.
  let unpaired: [LoopRow]

  /// Reads a store as it is now; a server may go on writing.
  ///
  /// - Parameter path: The file that `attune serve` writes.
  /// - Throws: `FeedbackError` where there is none; an error of SQLite.
  init(at path: String) throws {
    var options = FeedbackExportOptions()
    options.hasContrasts = true
    let export = try FeedbackStore(existingAt: path).export(options)
    pairs = export.preferences.map { LoopRow($0, from: path) }
    unpaired = export.unpaired.map { LoopRow($0, from: path) }
  }
}

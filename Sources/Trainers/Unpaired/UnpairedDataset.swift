internal import Objectives
internal import Oversight
internal import PreferenceData
internal import Tokenization
internal import TrainingConfiguration

/// The tokenized completions of a configuration: those to train on, those held out, and the rows of
/// all files that are neither.
struct UnpairedDataset: Sendable {
  let training: JudgedCompletions
  let heldOut: JudgedCompletions
  /// Rows of all files that were left out, by reason.
  let dropped: DroppedRows
  /// What a person should know about the rows, as sentences.
  let notes: [String]

  /// Reads, checks and tokenizes.
  ///
  /// - Parameters:
  ///   - configuration: Names the files, the model whose tokenizer is used, and the lengths.
  ///   - tokenizer: The tokenizer of that model.
  /// - Throws: `DataError` for malformed rows, and if nothing is left; ``TrainingError`` for what
  ///   cannot be tokenized.
  init(_ configuration: KTOConfiguration, tokenizer: Tokenizer) throws {
    guard let directory = configuration.model else {
      preconditionFailure("a configuration without a model")
    }
    let data = configuration.data
    let tokenization = try UnpairedTokenization(
      tokenizer: tokenizer, directory: directory, maxLength: data.maxLength)
    var (pairs, pairsWithMargin) = (0, 0)
    func read(_ files: [String]) throws -> JudgedCompletions {
      let records = try UnpairedRecords(files, strict: data.strict)
      for row in records.completions {
        try HeldOutPrompts.shipped.check(row.prompt, at: row.source)
      }
      pairs += records.pairs
      pairsWithMargin += records.pairsWithMargin
      return try JudgedCompletions(
        records, tokenization: tokenization, strict: data.strict, files: files)
    }
    let all = try read(data.files)
    var dropped = all.dropped
    if !data.evaluationFiles.isEmpty {
      training = all
      heldOut = try read(data.evaluationFiles)
      dropped.merge(heldOut.dropped)
    } else if let fraction = data.evaluationFraction {
      let split = DatasetSplit(
        groups: all.rows.map(\.prompt), fraction: fraction, seed: UInt64(configuration.run.seed))
      training = all.subset(split.training)
      heldOut = all.subset(split.heldOut)
    } else {
      training = all
      heldOut = JudgedCompletions(maxLength: data.maxLength)
    }
    self.dropped = dropped
    notes =
      Self.notes(pairs: pairs, withMargin: pairsWithMargin)
      + [ClassBalance(training.rows, configuration.loss).note].compactMap(\.self)
  }

  private static func notes(pairs: Int, withMargin: Int) -> [String] {
    var notes: [String] = []
    if pairs > 0 {
      notes.append(
        "\(pairs) preference pairs are taken apart: chosen completions are desirable, rejected ones "
          + "undesirable")
    }
    if withMargin > 0 {
      notes.append("\(withMargin) pairs carry a margin, which no loss_type of kto uses")
    }
    return notes
  }
}

public import PreferenceData
internal import Tokenization
internal import TrainingConfiguration

/// The sequences of a configuration: those to train on, those held out, and an account of the rest.
public struct SupervisedDataset: Sendable {
  /// The sequences to train on.
  public let training: [SupervisedExample]
  /// The sequences to evaluate on.
  public let heldOut: [SupervisedExample]
  /// Rows of all files that were left out, by reason.
  public let dropped: DroppedRows
  /// What a person should know about the data, as sentences.
  public let notes: [String]

  /// Reads, checks, tokenizes and splits.
  ///
  /// - Parameters:
  ///   - data: Names the files.
  ///   - seed: What the split is drawn from.
  ///   - tokenization: How texts become sequences.
  /// - Throws: `DataError` for malformed rows, and if nothing is left; ``TrainingError`` for what
  ///   cannot be tokenized.
  init(_ data: DataConfiguration, seed: Int, tokenization: some TextTokenization) throws {
    var all = try SupervisedExamples(data.files, tokenization: tokenization, strict: data.strict)
    if !data.evaluationFiles.isEmpty {
      let evaluation = try SupervisedExamples(
        data.evaluationFiles, tokenization: tokenization, strict: data.strict)
      (training, heldOut) = (all.examples, evaluation.examples)
      all.append(evaluation)
    } else if let fraction = data.evaluationFraction {
      let split = DatasetSplit(
        groups: all.examples.map(\.group), fraction: fraction, seed: UInt64(seed))
      training = split.training.map { all.examples[$0] }
      heldOut = split.heldOut.map { all.examples[$0] }
    } else {
      (training, heldOut) = (all.examples, [])
    }
    dropped = all.dropped
    notes = all.notes(maxLength: data.maxLength)
  }

  /// Tokens of the longest sequence.
  public var longestSequence: Int {
    (training + heldOut).reduce(0) { max($0, $1.sequence.ids.count) }
  }
}

extension SupervisedExamples {
  /// What was taken of records that are made for something else, and how many texts were cut.
  fileprivate func notes(maxLength: Int) -> [String] {
    var notes = RecordType.allCases.compactMap { type in
      records[type].flatMap { count in
        type.learnedPart.map { "\(count) \(type.title): \($0)" }
      }
    }
    if cut > 0 {
      notes.append(
        "\(cut) \(cut == 1 ? "text is" : "texts are") longer than max_length \(maxLength) and cut "
          + "at the end")
    }
    return notes
  }
}

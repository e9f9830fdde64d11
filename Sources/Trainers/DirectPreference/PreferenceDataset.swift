internal import Objectives
internal import Oversight
public import PreferenceData
public import Tokenization
public import TrainingConfiguration

/// The tokenized pairs of a preference configuration: those to train on, those held out, and the
/// rows of all files that are neither.
public struct PreferenceDataset: Sendable {
  /// The pairs to train on.
  public let training: TrainingPairs
  /// The pairs to evaluate on.
  public let heldOut: TrainingPairs
  /// Rows of all files that were left out, by reason.
  public let dropped: DroppedRows

  /// Reads, checks and tokenizes.
  ///
  /// - Parameters:
  ///   - configuration: Names the files, the model whose tokenizer is used, and the lengths.
  ///   - tokenizer: The tokenizer of that model.
  /// - Throws: `DataError` for malformed rows, and if nothing is left; ``TrainingError`` for what
  ///   cannot be tokenized, or is longer than the model has positions.
  public init(_ configuration: DPOConfiguration, tokenizer: Tokenizer) throws {
    guard let directory = configuration.model else {
      preconditionFailure("a configuration without a model")
    }
    let data = configuration.data
    let tokenization = try PairTokenization(
      tokenizer: tokenizer, directory: directory, maxLength: data.maxLength,
      agreement: configuration.agreement)
    func read(_ files: [String]) throws -> TrainingPairs {
      let dataset = try RecordReader.preferencePairs.read(files, strict: data.strict)
      for pair in dataset.records { try HeldOutPrompts.shipped.check(pair.prompt, at: pair.source) }
      return try TrainingPairs(
        dataset, tokenization: tokenization, strict: data.strict, files: files)
    }
    let all = try read(data.files)
    var dropped = all.dropped
    if !data.evaluationFiles.isEmpty {
      training = all
      heldOut = try read(data.evaluationFiles)
      dropped.merge(heldOut.dropped)
    } else if let fraction = data.evaluationFraction {
      let split = DatasetSplit(
        groups: all.pairs.map(\.prompt), fraction: fraction,
        seed: UInt64(configuration.run.seed))
      training = all.subset(split.training)
      heldOut = all.subset(split.heldOut)
    } else {
      training = all
      heldOut = TrainingPairs()
    }
    self.dropped = dropped
  }

  /// Tokens of the longest sequence, prompt and completion together.
  public var longestSequence: Int {
    (training.pairs + heldOut.pairs).reduce(0) { longest, pair in
      max(longest, pair.prompt.count + max(pair.chosen.count, pair.rejected.count))
    }
  }

  /// Checks that a loss can use what the rows carry.
  ///
  /// - Parameter objective: The loss.
  /// - Returns: What a person should know about what the rows carry, as sentences.
  /// - Throws: ``TrainingError`` for weights that the loss cannot take.
  func check(for objective: PairObjective) throws(TrainingError) -> [String] {
    if objective.loss.couplesPairs,
      let weighted = training.pairs.firstIndex(where: { $0.weight != 1 })
    {
      throw .weightsOfCoupledLoss(training.sources[weighted])
    }
    var notes: [String] = []
    let margins = training.pairs.count { $0.margin != nil }
    if margins > 0 {
      notes.append(
        objective.loss.usesMargins
          ? "\(margins) pairs carry a margin, by which their rewards are to differ"
          : "\(margins) pairs carry a margin, which this loss_type does not use")
    }
    let weights = training.pairs.count { $0.weight != 1 }
    if weights > 0 { notes.append("\(weights) pairs carry a weight, a confidence or an agreement") }
    let probabilities = training.pairs.count { $0.probability != 1 }
    if probabilities > 0 {
      notes.append("\(probabilities) pairs are as they were judged with a probability only")
    }
    return notes
  }
}

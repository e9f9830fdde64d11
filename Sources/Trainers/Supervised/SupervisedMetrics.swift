internal import LanguageModels
internal import Objectives
internal import RunRecords

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Sums of what is measured on learned tokens, so that micro-batches of any size, and steps between
/// two lines of the log, average to the same.
struct SupervisedMetrics: StepMetrics {
  private var tokens = 0
  private var loss = 0.0
  private var negativeLogLikelihood = 0.0
  private var entropy = 0.0
  private var topTokens = 0
  /// Sums of the parts of the loss; `nil` where the loss has no such part.
  private var length: Double?
  private var repetition: Double?
  /// Whether the loss is something else than the negative log likelihood.
  private var isOther = false
  /// What is said about held-out texts alone.
  private var heldOut: HeldOut?

  private struct HeldOut: Codable {
    /// The Unicode scalars of whole texts; 0 where parts of texts are learned.
    var characters = 0
  }

  var meanLoss: Double { loss / Double(tokens) }

  /// Early stopping looks at the perplexity, whose logarithm this is: whatever smoothing and penalties
  /// do to the loss, that is what the model is to be good at.
  var criterion: Double { negativeLogLikelihood / Double(tokens) }

  static let criterionName = "perplexity"

  /// Adds sequences with what the model says about them and what the loss makes of that.
  mutating func add(_ part: ScoredExamples, _ outcome: SupervisedOutcome, of loss: SupervisedLoss) {
    tokens += outcome.values.count
    self.loss += outcome.values.reduce(0, +)
    negativeLogLikelihood -= part.tokens.logProbabilities.reduce(0, +)
    entropy += part.scored.entropies.reduce(0) { $0 + Double($1) }
    topTokens += part.scored.isTop.count { $0 }
    if loss.needsEnds { length = (length ?? 0) + outcome.endValues.reduce(0, +) }
    if loss.needsCandidates {
      repetition = (repetition ?? 0) + outcome.repetitionValues.reduce(0, +)
    }
    isOther = isOther || loss != SupervisedLoss()
  }

  /// Says that what was added is held out.
  ///
  /// - Parameter characters: The Unicode scalars of the texts, if all of them is learned.
  mutating func noteHeldOut(characters: Int) {
    heldOut = HeldOut(characters: characters)
  }

  mutating func add(_ other: SupervisedMetrics) {
    func sum(_ a: Double?, _ b: Double?) -> Double? {
      a == nil && b == nil ? nil : (a ?? 0) + (b ?? 0)
    }
    tokens += other.tokens
    loss += other.loss
    negativeLogLikelihood += other.negativeLogLikelihood
    entropy += other.entropy
    topTokens += other.topTokens
    length = sum(length, other.length)
    repetition = sum(repetition, other.repetition)
    isOther = isOther || other.isOther
  }

  /// The means, under TRL's names where it has them.
  var values: [MetricName: Double] {
    let count = Double(tokens)
    var values: [MetricName: Double] = [
      .loss: loss / count,
      .entropy: entropy / count,
      .meanTokenAccuracy: Double(topTokens) / count,
    ]
    if isOther { values[.negativeLogLikelihood] = negativeLogLikelihood / count }
    values[.lengthLoss] = length.map { $0 / count }
    values[.repetitionLoss] = repetition.map { $0 / count }
    if let heldOut {
      values[.perplexity] = exp(negativeLogLikelihood / count)
      if heldOut.characters > 0 {
        values[.natsPerCharacter] = negativeLogLikelihood / Double(heldOut.characters)
      }
    }
    return values
  }
}

internal import Evaluations
internal import Oversight

/// How far a model's answers about facts are to be believed.
public struct FactualityResult: Sendable, Hashable, Codable {
  /// Questions.
  public var questions: Int
  /// Further answers to each.
  public var samples: Int
  /// Answers against which something speaks.
  public var unfactual: ShareEstimate?
  /// Answers with words that the other answers do not have.
  public var surprising: Int
  /// Answers that the model itself does not bear out.
  public var disagreeing: Int
  /// Answers that the reference does not bear out.
  public var unsupported: Int
  /// The mean over answers of the maximal −log p of a sentence's words, in nats.
  public var meanSurprise: Double?
  /// The mean over answers of `SelfAgreement.mean`, from 0 to 1; higher is less to be believed.
  public var meanDisagreement: Double?
  /// The mean over answers of `ReferenceSupport.score`, from 0 to 1.
  public var meanSupport: Double?

  init(
    _ verdicts: [Factuality], samples: Int, consistencies: [SelfConsistency],
    agreements: [SelfAgreement], supports: [ReferenceSupport]
  ) {
    questions = verdicts.count
    self.samples = samples
    let judged = verdicts.compactMap(\.isFactual)
    unfactual = ShareEstimate(
      Proportion(successes: Double(judged.count { !$0 }), count: judged.count))
    func count(_ evidence: Factuality.Evidence) -> Int {
      verdicts.count { $0.against.contains(evidence) }
    }
    surprising = count(.surprise)
    disagreeing = count(.disagreement)
    unsupported = count(.missingSupport)
    meanSurprise = MeanVariance(consistencies.compactMap(\.maximum)).mean
    meanDisagreement = MeanVariance(agreements.compactMap(\.mean)).mean
    meanSupport = MeanVariance(supports.compactMap(\.score)).mean
  }
}

/// A sign that a policy exploits its reward, with the numbers it rests on.
///
/// A value "of the baseline" is that of the policy before training, on the same prompts.
public enum HackingWarning: Sendable, Hashable, Codable {
  /// Gold fell from its best while the proxy rose.
  case parted(peakStep: Int, goldFall: Double, proxyRise: Double)
  /// Completions are longer than the baseline's by more than the factor allowed.
  case longer(length: Double, baseline: Double, factor: Double)
  /// Completions use fewer different n-grams: distinct-n fell below its share of the baseline's.
  case lessDistinct(share: Double, baseline: Double, factor: Double)
  /// Completions repeat themselves more.
  case moreRepetitive(share: Double, baseline: Double, rise: Double)
  /// Completions of different prompts are more alike.
  case moreAlike(similarity: Double, baseline: Double, rise: Double)
  /// Keywords are more frequent.
  case moreKeywords(share: Double, baseline: Double, rise: Double)
  /// The policy is further from the reference than its budget, in nats.
  case far(divergence: Double, limit: Double)
  /// The policy leaves the reference faster than before; nats a step.
  case accelerating(growth: Double, before: Double, factor: Double)
  /// The members of the reward's ensemble disagree more.
  case disagreeing(variance: Double, baseline: Double, factor: Double)
  /// The policy has become more certain: its entropy, in nats, fell below its share of the
  /// baseline's.
  case lessEntropy(entropy: Double, baseline: Double, factor: Double)

  /// The rules, by the names that logs and metrics give them.
  public enum Rule: String, Sendable, Hashable, Codable, CaseIterable {
    /// ``HackingWarning/parted(peakStep:goldFall:proxyRise:)``
    case parting = "proxy_gold_parting"
    /// ``HackingWarning/longer(length:baseline:factor:)``
    case length
    /// ``HackingWarning/lessDistinct(share:baseline:factor:)``
    case distinct
    /// ``HackingWarning/moreRepetitive(share:baseline:rise:)``
    case repetition
    /// ``HackingWarning/moreAlike(similarity:baseline:rise:)``
    case selfSimilarity = "self_similarity"
    /// ``HackingWarning/moreKeywords(share:baseline:rise:)``
    case keywordDensity = "keyword_density"
    /// ``HackingWarning/far(divergence:limit:)``
    case divergence = "kl"
    /// ``HackingWarning/accelerating(growth:before:factor:)``
    case divergenceGrowth = "kl_growth"
    /// ``HackingWarning/disagreeing(variance:baseline:factor:)``
    case ensembleVariance = "ensemble_variance"
    /// ``HackingWarning/lessEntropy(entropy:baseline:factor:)``
    case entropy
  }

  /// The rule that was broken.
  public var rule: Rule {
    switch self {
    case .parted: .parting
    case .longer: .length
    case .lessDistinct: .distinct
    case .moreRepetitive: .repetition
    case .moreAlike: .selfSimilarity
    case .moreKeywords: .keywordDensity
    case .far: .divergence
    case .accelerating: .divergenceGrowth
    case .disagreeing: .ensembleVariance
    case .lessEntropy: .entropy
    }
  }
}

extension HackingWarning: CustomStringConvertible {
  /// One sentence that says what was seen and what is allowed.
  public var description: String {
    switch self {
    case .parted(let peakStep, let goldFall, let proxyRise):
      "The gold score has fallen by \(shortNumber(goldFall)) since its best around step "
        + "\(peakStep), while the proxy rose by \(shortNumber(proxyRise)): the policy likely "
        + "exploits the proxy."
    case .longer(let length, let baseline, let factor):
      "Completions have a mean length of \(shortNumber(length)), up from \(shortNumber(baseline)) "
        + "before training; up to \(shortNumber(factor)) times that is allowed."
    case .lessDistinct(let share, let baseline, let factor):
      "Only \(shortPercentage(share)) of n-grams are distinct, down from "
        + "\(shortPercentage(baseline)) before training; down to \(shortNumber(factor)) times that "
        + "is allowed."
    case .moreRepetitive(let share, let baseline, let rise):
      "Completions repeat \(shortPercentage(share)) of their n-grams, up from "
        + "\(shortPercentage(baseline)) before training; a rise by \(shortPercentage(rise)) of all "
        + "is allowed."
    case .moreAlike(let similarity, let baseline, let rise):
      "Completions of different prompts have a similarity of \(shortNumber(similarity)), up from "
        + "\(shortNumber(baseline)) before training; a rise by \(shortNumber(rise)) is allowed."
    case .moreKeywords(let share, let baseline, let rise):
      "Keywords make up \(shortPercentage(share)) of all words, up from "
        + "\(shortPercentage(baseline)) before training; a rise by \(shortPercentage(rise)) of all "
        + "is allowed."
    case .far(let divergence, let limit):
      "The policy is \(shortNumber(divergence)) nats a completion from the reference; up to "
        + "\(shortNumber(limit)) are allowed."
    case .accelerating(let growth, let before, let factor):
      "The policy now leaves the reference by \(shortNumber(growth)) nats a step, after "
        + "\(shortNumber(before)) before; up to \(shortNumber(factor)) times that is allowed."
    case .disagreeing(let variance, let baseline, let factor):
      "The ensemble's scores have a variance of \(shortNumber(variance)), up from "
        + "\(shortNumber(baseline)) before training; up to \(shortNumber(factor)) times that is "
        + "allowed."
    case .lessEntropy(let entropy, let baseline, let factor):
      "The policy's entropy is \(shortNumber(entropy)) nats a token, down from "
        + "\(shortNumber(baseline)) before training; down to \(shortNumber(factor)) times that is "
        + "allowed."
    }
  }
}

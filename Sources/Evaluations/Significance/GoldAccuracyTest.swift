/// Whether an annotator misses hidden gold items more often than is tolerated.
///
/// Misses are the successes of a ``BetaBinomialEProcess`` with a uniform prior: the test may be looked
/// at after every item, and an annotator whose miss rate is tolerated is ever paused with probability
/// α at most. Nobody is paused on fewer than 10 items: of 5, a coin-flipper gets 4 right with
/// probability 0.19.
///
///     var test = GoldAccuracyTest()
///     test.record(hits: 2, misses: 8)
///     test.verdict     // .paused(eValue: 313.8)
public struct GoldAccuracyTest: Sendable, Hashable, Codable {
  /// What the answers so far say.
  public enum Verdict: Sendable, Hashable, Codable {
    /// There are fewer items than a verdict needs.
    case tooFew
    /// Nothing speaks strongly enough against the annotator.
    case inOrder
    /// The annotator misses more than is tolerated.
    case paused(eValue: Double)
  }

  /// The greatest share of gold items that may be missed.
  public let toleratedMissRate: Double
  /// The greatest probability that somebody within it is ever paused.
  public let alpha: Double
  /// The items before which there is no verdict.
  public let minimumItems: Int
  /// Gold items answered rightly.
  public private(set) var hits = 0
  /// Gold items answered wrongly.
  public private(set) var misses = 0

  /// A test without answers.
  ///
  /// - Parameters:
  ///   - toleratedMissRate: The greatest share of gold items that may be missed, above 0 and below 1.
  ///   - alpha: The greatest probability that somebody within it is ever paused, above 0 and below 1.
  ///   - minimumItems: The items before which there is no verdict, at least 1.
  public init(toleratedMissRate: Double = 0.25, alpha: Double = 0.05, minimumItems: Int = 10) {
    precondition(0 < toleratedMissRate && toleratedMissRate < 1, "a rate of \(toleratedMissRate)")
    precondition(0 < alpha && alpha < 1, "α = \(alpha)")
    precondition(minimumItems > 0, "\(minimumItems) items")
    self.toleratedMissRate = toleratedMissRate
    self.alpha = alpha
    self.minimumItems = minimumItems
  }

  /// Adds answers.
  ///
  /// - Parameters:
  ///   - hits: Gold items answered rightly.
  ///   - misses: Gold items answered wrongly.
  public mutating func record(hits: Int, misses: Int) {
    precondition(hits >= 0 && misses >= 0, "\(hits) hits and \(misses) misses")
    self.hits += hits
    self.misses += misses
  }

  /// The evidence that more is missed than is tolerated, 1 for none.
  public var eValue: Double {
    var process = BetaBinomialEProcess(atMost: toleratedMissRate)
    process.record(successes: misses, failures: hits)
    return process.eValue
  }

  /// What the answers so far say.
  public var verdict: Verdict {
    guard hits + misses >= minimumItems else { return .tooFew }
    let evidence = eValue
    return evidence >= 1 / alpha ? .paused(eValue: evidence) : .inOrder
  }
}

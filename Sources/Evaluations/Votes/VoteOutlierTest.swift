#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whether somebody votes against everybody else, vote by vote.
///
/// A vote on two items is compared with those of all others on the same two. With w of them for the
/// first item and l for the second, the vote itself counted too, its p-values are
///
///     for the first     p_low = 1              p_high = w/(w + l)
///     for the second    p_low = l/(w + l)      p_high = 1
///
/// and the evidence in each direction is the product of 1/(2p): it is expected not to grow while votes
/// fall as the others' do, since (l/(w + l))·(w + l)/(2l) + (w/(w + l))·½ ≤ 1. Somebody whose votes fall
/// so is flagged, in one of the two directions, with probability 2α at most.
///
/// Ties say nothing about the direction and do not count, nor does the first vote of all on two items.
/// What is `first` should be the same for all who compare two items; if it is the one that most people
/// prefer, the low direction is that of voting against them.
///
/// - SeeAlso: Wei-Lin Chiang et al., Chatbot Arena, arXiv 2403.04132, section 5.3, and
///   `outlier_detect` of FastChat (serve/monitor/elo_analysis.py), which counts a tie as a value between
///   the two.
public struct VoteOutlierTest: Sendable, Hashable, Codable {
  /// What the votes so far say.
  public enum Verdict: Sendable, Hashable, Codable {
    /// There are fewer votes than a verdict needs.
    case tooFew
    /// The votes fall as those of others do, as far as can be told.
    case inOrder
    /// They do not.
    case outlier(eValue: Double)
  }

  /// The votes before which there is no verdict.
  public static let minimumVotes = 5
  /// The votes after which none is looked at.
  public static let maximumVotes = 100

  /// The greatest probability of a false alarm in one direction.
  public let alpha: Double
  /// The votes that count.
  public private(set) var votes = 0
  /// ln of the evidence of voting for second items.
  private var logLow = 0.0
  /// ln of the evidence of voting for first items.
  private var logHigh = 0.0
  /// The greatest that either ever was: who was flagged once stays flagged.
  private var logLargest = 0.0

  /// A test without votes.
  ///
  /// - Parameter alpha: The greatest probability of a false alarm in one direction, above 0 and below 1.
  public init(alpha: Double = 0.05) {
    precondition(0 < alpha && alpha < 1, "α = \(alpha)")
    self.alpha = alpha
  }

  /// Adds a vote.
  ///
  /// - Parameters:
  ///   - outcome: Who won.
  ///   - first: The other votes on these two items for the first, those of the same person too.
  ///   - second: Those for the second.
  public mutating func record(
    _ outcome: VoteOutcome, amongVotesForFirst first: Int, forSecond second: Int
  ) {
    precondition(first >= 0 && second >= 0, "\(first) and \(second) votes")
    guard outcome != .tie, first + second > 0, votes < Self.maximumVotes else { return }
    let all = Double(first + second + 1)
    let low = outcome == .second ? Double(second + 1) / all : 1
    let high = outcome == .first ? Double(first + 1) / all : 1
    votes += 1
    logLow -= log(2 * low)
    logHigh -= log(2 * high)
    logLargest = max(logLargest, logLow, logHigh)
  }

  /// The greatest that the evidence in either direction ever was, 1 for none.
  public var eValue: Double { exp(logLargest) }

  /// What the votes so far say.
  public var verdict: Verdict {
    guard votes >= Self.minimumVotes else { return .tooFew }
    return eValue >= 1 / alpha ? .outlier(eValue: eValue) : .inOrder
  }
}

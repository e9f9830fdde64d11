/// How often one side wins a comparison, ties counted as half a win.
public struct WinRate: Sendable, Hashable {
  /// Comparisons won.
  public let wins: Int
  /// Comparisons without a winner.
  public let ties: Int
  /// Comparisons lost.
  public let losses: Int

  /// A rate of known counts.
  ///
  /// - Parameters:
  ///   - wins: Comparisons won.
  ///   - ties: Comparisons without a winner.
  ///   - losses: Comparisons lost.
  public init(wins: Int, ties: Int, losses: Int) {
    precondition(
      wins >= 0 && ties >= 0 && losses >= 0, "\(wins) wins, \(ties) ties, \(losses) losses")
    self.wins = wins
    self.ties = ties
    self.losses = losses
  }

  /// The rate at which differences are positive.
  ///
  /// - Parameter differences: Own score − the other's; 0 is a tie.
  public init(differences: [Double]) {
    requireFinite(differences, "differences")
    let wins = differences.count { $0 > 0 }
    let losses = differences.count { $0 < 0 }
    self.init(wins: wins, ties: differences.count - wins - losses, losses: losses)
  }

  /// All comparisons.
  public var count: Int { wins + ties + losses }

  /// (wins + ties/2)/n; `nil` without comparisons.
  public var value: Double? { proportion.value }

  /// The Wilson interval of the rate. A tie varies less than a toss that it counts as half of, so
  /// that with many ties the interval is wider than it need be, never narrower.
  ///
  /// - Parameter level: Above 0 and below 1.
  /// - Returns: `nil` without comparisons.
  public func interval(level: Double = 0.95) -> ConfidenceInterval? {
    proportion.interval(level: level)
  }

  /// The exact test against equal strength, ties left out.
  public var signTest: SignTest { SignTest(positives: wins, negatives: losses) }

  /// The rate from the other side's view.
  public var reversed: WinRate { WinRate(wins: losses, ties: ties, losses: wins) }

  private var proportion: Proportion {
    Proportion(successes: Double(wins) + Double(ties) / 2, count: count)
  }
}

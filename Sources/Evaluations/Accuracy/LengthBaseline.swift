/// The accuracy of a judge who sees nothing of a completion but its length: the least that a reward
/// model must beat.
///
/// Completions of equal length give this judge nothing to go by; it tosses a coin, and they count
/// as half. (On the 2,312 harmless test pairs of Bai et al. 2022 the chosen completion has more
/// characters in 44.3 %, as many in 0.5 %, so that picking the shorter is right in 55.4 %.)
public struct LengthBaseline: Sendable, Hashable {
  /// Pairs whose chosen completion is longer.
  public let longer: Int
  /// Pairs whose completions are equally long.
  public let equal: Int
  /// Pairs whose chosen completion is shorter.
  public let shorter: Int

  /// Compares lengths.
  ///
  /// - Parameters:
  ///   - chosen: The length of each chosen completion, in any unit.
  ///   - rejected: The length of each rejected completion, in the same unit.
  public init(chosen: [Int], rejected: [Int]) {
    requireSameCount(chosen.count, rejected.count, "chosen and rejected lengths")
    let pairs = zip(chosen, rejected)
    longer = pairs.count { $0 > $1 }
    equal = pairs.count { $0 == $1 }
    shorter = chosen.count - longer - equal
  }

  /// How often the longer completion is the chosen one.
  public var pickLonger: WinRate { WinRate(wins: longer, ties: equal, losses: shorter) }

  /// How often the shorter completion is the chosen one.
  public var pickShorter: WinRate { pickLonger.reversed }
}

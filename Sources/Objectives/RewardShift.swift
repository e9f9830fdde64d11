/// δ of ``KTOLoss/Kind/bco``: around which implicit reward the classifier decides.
///
/// The rewards β h of both classes are averaged over the whole run so far, those of the step at hand
/// included. From the two means come two definitions, which agree where the classes are as frequent:
///
/// - ``classBalanced`` = (mean over desirable + mean over undesirable) / 2, that of the paper (Jung et
///   al. 2024, arXiv:2404.04656), which no imbalance of the data moves;
/// - ``pooled``, the mean over all rewards, that of TRL 1.13.0.
public struct RewardShift: Equatable, Codable, Sendable {
  /// The mean implicit reward of desirable completions.
  public private(set) var desirable = RunningMean()
  /// The mean implicit reward of undesirable completions.
  public private(set) var undesirable = RunningMean()

  /// The shift before the first step: 0.
  public init() {}

  /// Takes the rewards of a batch into the means.
  ///
  /// - Parameters:
  ///   - rewards: β h of each completion.
  ///   - isDesirable: The judgment of each.
  public mutating func add(rewards: [Double], isDesirable: [Bool]) {
    precondition(
      rewards.count == isDesirable.count, "\(isDesirable.count) labels for \(rewards.count) rows")
    desirable.add(zip(rewards, isDesirable).filter(\.1).map(\.0))
    undesirable.add(zip(rewards, isDesirable).filter { !$0.1 }.map(\.0))
  }

  /// The mean of the two class means; where a class was not seen yet, the mean of the other.
  public var classBalanced: Double {
    switch (desirable.count, undesirable.count) {
    case (_, 0): desirable.value
    case (0, _): undesirable.value
    default: (desirable.value + undesirable.value) / 2
    }
  }

  /// The mean of all rewards.
  public var pooled: Double {
    let count = Double(max(1, desirable.count + undesirable.count))
    return desirable.value * (Double(desirable.count) / count)
      + undesirable.value * (Double(undesirable.count) / count)
  }
}

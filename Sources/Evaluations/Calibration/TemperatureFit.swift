import Objectives

/// The temperature that makes margins say how sure they are (Platt 1999; Guo et al. 2017).
///
/// It minimizes the mean of log(1 + e^(−s·m)) over s = 1/T, which is convex in s. Two kinds of data
/// have no best temperature, and say so instead of giving a number that the iteration happened to
/// stop at.
public enum TemperatureFit: Sendable, Hashable {
  /// The best temperature, above 0.
  case fitted(Double)
  /// No margin is negative and some are positive: the lower the temperature, the better.
  case separable
  /// The mean margin is not positive: the higher the temperature, the better, and ½ is all that can
  /// be said.
  case uninformative

  /// Fits the temperature of margins.
  ///
  /// - Parameter margins: Chosen score − rejected score of each pair of a split that is not the one
  ///   to be evaluated; finite.
  public init(margins: [Double]) {
    requireFinite(margins, "margins")
    guard let mean = MeanVariance(margins).mean, mean > 0 else {
      self = .uninformative
      return
    }
    guard margins.contains(where: { $0 < 0 }) else {
      self = .separable
      return
    }
    // In units of the greatest margin the solution is not far from 1, whatever the scores' scale.
    let unit = margins.reduce(0) { max($0, abs($1)) }
    self = .fitted(unit / Self.inverseTemperature(of: margins.map { $0 / unit }))
  }

  /// The temperature; `nil` where there is none.
  public var temperature: Double? {
    if case .fitted(let temperature) = self { temperature } else { nil }
  }

  /// Newton's method kept within a bracket: a step that would leave it is replaced by its middle.
  private static func inverseTemperature(of margins: [Double]) -> Double {
    var lower = 0.0
    var upper = 1.0
    while slope(at: upper, margins).first < 0 { (lower, upper) = (upper, 2 * upper) }
    var point = (lower + upper) / 2
    // A bisection alone would be done after 60 rounds.
    for _ in 0..<100 {
      let (first, second) = slope(at: point, margins)
      if first < 0 { lower = point } else { upper = point }
      let newton = point - first / second
      let next = lower < newton && newton < upper ? newton : (lower + upper) / 2
      let step = abs(next - point)
      point = next
      if step <= 1e-15 * point { break }
    }
    return point
  }

  /// First and second derivative of Σ log(1 + e^(−s·m)) by s.
  private static func slope(
    at s: Double, _ margins: [Double]
  ) -> (first: Double, second: Double) {
    var (first, second) = (0.0, 0.0)
    for margin in margins {
      let wrong = sigmoid(-s * margin)
      first -= margin * wrong
      second += margin * margin * wrong * sigmoid(s * margin)
    }
    return (first, second)
  }
}

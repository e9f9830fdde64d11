/// The distance of the square roots of two distributions over categories.
public enum HellingerDistance {
  /// √(Σ(√r − √c)²/2) = √(1 − Σ√(r·c)); the first form loses nothing where the two are close.
  ///
  /// - Parameters:
  ///   - reference: Shares or counts of each category, at least 0 and one above it.
  ///   - current: The same of the current data.
  /// - Returns: From 0 to 1.
  public static func distance(_ reference: [Double], _ current: [Double]) -> Double {
    let sum = comparableShares(reference, current).reduce(0) { sum, share in
      let gap = share.reference.squareRoot() - share.current.squareRoot()
      return sum + gap * gap
    }
    return (sum / 2).squareRoot()
  }
}

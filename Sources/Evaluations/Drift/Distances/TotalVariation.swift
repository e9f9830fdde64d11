/// The share of rows that would have to change category for two distributions to be equal.
public enum TotalVariation {
  /// Σ|r − c|/2.
  ///
  /// - Parameters:
  ///   - reference: Shares or counts of each category, at least 0 and one above it.
  ///   - current: The same of the current data.
  /// - Returns: From 0 to 1.
  public static func distance(_ reference: [Double], _ current: [Double]) -> Double {
    comparableShares(reference, current).reduce(0) { $0 + abs($1.reference - $1.current) } / 2
  }
}

/// Holm's step-down correction for several tests at once: the chance of any false alarm among all
/// of them stays below the level, whatever their dependence.
public enum HolmCorrection {
  /// Adjusted p-values p̃₍ᵢ₎ = max_{j ≤ i} min(1, (m − j + 1)·p₍ⱼ₎), to be compared with the level
  /// itself.
  ///
  /// - Parameter pValues: One a test, from 0 to 1.
  /// - Returns: The adjusted values in the order of the tests.
  /// - SeeAlso: Sture Holm, A Simple Sequentially Rejective Multiple Test Procedure, Scandinavian
  ///   Journal of Statistics 6 (1979).
  public static func adjusted(_ pValues: [Double]) -> [Double] {
    precondition(pValues.allSatisfy((0...1).contains), "p-values are from 0 to 1")
    var adjusted = pValues
    var largest = 0.0
    let ascending = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    for (position, test) in ascending.enumerated() {
      largest = max(largest, min(1, Double(pValues.count - position) * pValues[test]))
      adjusted[test] = largest
    }
    return adjusted
  }
}

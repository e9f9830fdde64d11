#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How far two distributions over categories lie apart: the mean divergence of both from their
/// mixture, which is finite where a category is empty on one side.
///
/// - SeeAlso: Jianhua Lin, Divergence Measures Based on the Shannon Entropy, IEEE Transactions on
///   Information Theory 37 (1991).
public enum JensenShannon {
  /// (KL(r ‖ m) + KL(c ‖ m))/2 with m = (r + c)/2.
  ///
  /// - Parameters:
  ///   - reference: Shares or counts of each category, at least 0 and one above it.
  ///   - current: The same of the current data.
  /// - Returns: In nats, from 0 to ln 2.
  public static func divergence(_ reference: [Double], _ current: [Double]) -> Double {
    let sum = comparableShares(reference, current).reduce(0) { sum, share in
      let middle = (share.reference + share.current) / 2
      return sum + term(share.reference, middle) + term(share.current, middle)
    }
    // Equal shares may round to a little below.
    return max(0, sum / 2)
  }

  /// The square root of the divergence, which is a metric.
  ///
  /// - Parameters:
  ///   - reference: Shares or counts of each category, at least 0 and one above it.
  ///   - current: The same of the current data.
  /// - Returns: From 0 to √(ln 2).
  public static func distance(_ reference: [Double], _ current: [Double]) -> Double {
    divergence(reference, current).squareRoot()
  }

  private static func term(_ share: Double, _ middle: Double) -> Double {
    share > 0 ? share * log(share / middle) : 0
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Elo's scale, on which 400 points are odds of 10 to 1.
public enum EloScale {
  /// 400/ln 10 = 173.717793, the points of one nat of log odds.
  public static let pointsPerNat = 400 / log(10.0)
}

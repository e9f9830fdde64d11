#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The standard normal distribution.
enum NormalDistribution {
  /// P(Z > z), exact in the far tail too, where 1 − Φ(z) would round to 0.
  static func upperTail(_ z: Double) -> Double {
    erfc(z / 2.0.squareRoot()) / 2
  }

  /// The z that |Z| stays below with the given probability: 1.959964 for 0.95.
  ///
  /// Newton's method on the upper tail from z = 0. The tail is convex for z > 0, so that every step
  /// stops short of the solution and the iteration climbs to it without overshooting.
  static func twoSidedQuantile(_ level: Double) -> Double {
    requireLevel(level)
    let tail = (1 - level) / 2
    var z = 0.0
    for _ in 0..<100 {
      let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
      let step = (upperTail(z) - tail) / density
      z += step
      if abs(step) <= 1e-15 * z { break }
    }
    return z
  }
}

/// The derivative of `function` at `point`, by central differences.
///
/// The truncation error is step² f‴ / 6 and the rounding error about 1e-16 · |f| / step: at 1e-4
/// both stay well below 1e-6 of the derivative for functions of slope and curvature around 1.
func centralDifference(
  at point: Double, step: Double = 1e-4, of function: (Double) -> Double
) -> Double {
  // The step that is really taken: beside a large point, 1e-4 is not representable.
  let above = point + step
  let below = point - step
  return (function(above) - function(below)) / (above - below)
}

/// The distance of two numbers relative to the larger of them; 0 where both are equal.
func relativeError(_ a: Double, _ b: Double) -> Double {
  a == b ? 0 : abs(a - b) / max(abs(a), abs(b))
}

extension [Double] {
  /// The same numbers with the one at `index` replaced.
  func replacing(_ index: Int, with value: Double) -> [Double] {
    var copy = self
    copy[index] = value
    return copy
  }
}

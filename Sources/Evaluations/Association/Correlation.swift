/// How two columns vary together, from −1 to 1. Each is `nil` for columns without variation, in
/// which there is nothing to go together.
public enum Correlation {
  /// Pearson's r = Σ(x − x̄)(y − ȳ)/√(Σ(x − x̄)²·Σ(y − ȳ)²), of linear relation.
  ///
  /// - Parameters:
  ///   - x: Finite numbers.
  ///   - y: As many.
  /// - Returns: `nil` where a column does not vary.
  public static func pearson(_ x: [Double], _ y: [Double]) -> Double? {
    requireSameCount(x.count, y.count, "columns")
    requireFinite(x, "the first column's values")
    requireFinite(y, "the second column's values")
    guard let meanX = MeanVariance(x).mean, let meanY = MeanVariance(y).mean else { return nil }
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for (a, b) in zip(x, y) {
      xx += (a - meanX) * (a - meanX)
      yy += (b - meanY) * (b - meanY)
      xy += (a - meanX) * (b - meanY)
    }
    // A column of one repeated number may have a mean that is off by a rounding error.
    guard varies(x), varies(y), xx > 0, yy > 0 else { return nil }
    return min(1, max(-1, xy / (xx.squareRoot() * yy.squareRoot())))
  }

  /// Spearman's ρ: Pearson's r of the ranks, equal values sharing the mean of theirs; of monotone
  /// relation.
  ///
  /// - Parameters:
  ///   - x: Finite numbers.
  ///   - y: As many.
  /// - Returns: `nil` where a column does not vary.
  public static func spearman(_ x: [Double], _ y: [Double]) -> Double? {
    requireFinite(x, "the first column's values")
    requireFinite(y, "the second column's values")
    return pearson(midRanks(x), midRanks(y))
  }

  /// Pearson's r of what is left of two columns when least squares has taken out what controls
  /// explain: do score and length go together among completions of equal quality?
  ///
  /// - Parameters:
  ///   - x: Finite numbers.
  ///   - y: As many.
  ///   - controls: Columns of as many numbers.
  /// - Returns: `nil` where nothing is left of a column, where controls are collinear, and where
  ///   there are too few rows.
  public static func partial(_ x: [Double], _ y: [Double], controls: [[Double]]) -> Double? {
    guard let restX = LinearRegression(predictors: controls, response: x)?.residuals,
      let restY = LinearRegression(predictors: controls, response: y)?.residuals,
      isMoreThanRounding(restX, of: x), isMoreThanRounding(restY, of: y)
    else { return nil }
    return pearson(restX, restY)
  }

  private static func varies(_ values: [Double]) -> Bool {
    values.contains { $0 != values[0] }
  }

  /// Whether residuals are more than what rounding leaves of a column that is fully explained.
  private static func isMoreThanRounding(_ residuals: [Double], of values: [Double]) -> Bool {
    let largest = values.reduce(0) { max($0, abs($1)) }
    return residuals.contains { abs($0) > 1e-12 * largest }
  }
}

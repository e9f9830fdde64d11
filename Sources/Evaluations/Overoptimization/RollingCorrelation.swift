/// How two columns went together in each stretch of neighbouring rows.
public struct RollingCorrelation: Sendable, Hashable {
  /// How many rows a stretch has.
  public let window: Int
  /// Pearson's r of the stretch that begins at each row; `nil` where a column does not vary in it.
  /// Empty for fewer rows than a stretch has.
  public let pearson: [Double?]
  /// Spearman's ρ of the same stretches.
  public let spearman: [Double?]

  /// Correlates stretch after stretch.
  ///
  /// - Parameters:
  ///   - x: Finite numbers in order.
  ///   - y: As many.
  ///   - window: How many rows a stretch has, at least 3.
  public init(_ x: [Double], _ y: [Double], window: Int) {
    requireSameCount(x.count, y.count, "columns")
    precondition(window >= 3, "a correlation of \(window) rows")
    self.window = window
    let stretches = (0..<max(0, x.count - window + 1)).map { $0..<($0 + window) }
    pearson = stretches.map { Correlation.pearson(Array(x[$0]), Array(y[$0])) }
    spearman = stretches.map { Correlation.spearman(Array(x[$0]), Array(y[$0])) }
  }
}

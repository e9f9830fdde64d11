/// What a number varies between at one place of a chart, such as an interval of 95 %.
public struct ChartInterval: Sendable, Hashable {
  /// On the horizontal axis.
  public var x: Double
  /// The lower end, on the vertical axis.
  public var lower: Double
  /// The upper end, on the vertical axis.
  public var upper: Double

  /// An interval.
  ///
  /// - Parameters:
  ///   - x: On the horizontal axis.
  ///   - lower: The lower end.
  ///   - upper: The upper end.
  public init(x: Double, lower: Double, upper: Double) {
    self.x = x
    self.lower = lower
    self.upper = upper
  }

  /// Whether it can be drawn.
  var isFinite: Bool { x.isFinite && lower.isFinite && upper.isFinite }
}

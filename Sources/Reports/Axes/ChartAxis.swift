/// What an axis shows and how its numbers are written.
public struct ChartAxis: Sendable, Hashable {
  /// How numbers on the axis are written.
  public enum Format: Sendable, Hashable {
    /// As decimal numbers.
    case number
    /// Shares as percentages.
    case percent
    /// Whole numbers in groups of three digits; there are no ticks between them.
    case count
  }

  /// What is measured, with its unit.
  public var title: String
  /// How its numbers are written.
  public var format: Format
  /// What the axis shows at least; `nil` to go by the data.
  public var range: ClosedRange<Double>?

  /// Describes an axis.
  ///
  /// - Parameters:
  ///   - title: What is measured, with its unit.
  ///   - format: How its numbers are written.
  ///   - range: What the axis shows at least; its ends are finite.
  public init(_ title: String, format: Format = .number, range: ClosedRange<Double>? = nil) {
    if let range {
      precondition(range.lowerBound.isFinite && range.upperBound.isFinite, "an endless axis")
    }
    self.title = title
    self.format = format
    self.range = range
  }
}

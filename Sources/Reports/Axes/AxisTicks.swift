/// Round numbers that cover a range: multiples of 1, 2 or 5 times a power of ten.
struct AxisTicks: Sendable, Hashable {
  /// The ticks, ascending; at least two.
  let values: [Double]
  /// The distance of two ticks.
  let step: Double

  /// Covers values.
  ///
  /// - Parameters:
  ///   - values: Any numbers; those that are not finite count for nothing.
  ///   - count: About how many intervals there should be.
  ///   - isWhole: Whether ticks are to be whole numbers.
  init(covering values: [Double], count: Int, isWhole: Bool = false) {
    // Beyond this, differences of two numbers overflow.
    let limit = 1e300
    let finite = values.filter(\.isFinite).map { max(-limit, min(limit, $0)) }
    var (lower, upper) = (finite.min() ?? 0, finite.max() ?? 1)
    // A range of one number, or one that rounding can hardly tell from it.
    let least = max(abs(lower), abs(upper)) * 1e-9
    if upper - lower <= least {
      let reach = max(abs(lower) * 0.1, isWhole ? 1 : 0.5)
      (lower, upper) = (lower - reach, upper + reach)
    }
    let raw = (upper - lower) / Double(max(1, count))
    let step = max(Self.roundStep(raw), isWhole ? 1 : 0)
    let first = (lower / step + 1e-9).rounded(.down)
    // A range far below the least step still gets one interval.
    let last = max(first + 1, (upper / step - 1e-9).rounded(.up))
    // Each tick is a product, not a sum, so that errors do not add up.
    self.values = (0...Int(last - first)).map { (first + Double($0)) * step }
    self.step = step
  }

  var lower: Double { values[0] }
  var upper: Double { values[values.count - 1] }

  /// The least of 1, 2 and 5 times a power of ten that reaches `raw`.
  private static func roundStep(_ raw: Double) -> Double {
    guard raw > 1e-290 else { return 1e-290 }
    let exponent = NumberLabel.decimalExponent(raw)
    let unit =
      NumberLabel.powerOfTen(exponent / 2) * NumberLabel.powerOfTen(exponent - exponent / 2)
    let multiple = raw / unit
    return unit * (multiple <= 1.0001 ? 1 : multiple <= 2.0001 ? 2 : multiple <= 5.0001 ? 5 : 10)
  }

  /// The tick's number with as many decimals as all ticks need.
  func label(of value: Double, format: ChartAxis.Format) -> String {
    let scale: Double = format == .percent ? 100 : 1
    let (value, step) = (abs(value) < step / 2 ? 0 : value * scale, step * scale)
    if format == .count, abs(value) < 1e15 { return NumberLabel.grouped(Int(value.rounded())) }
    let most = max(abs(lower), abs(upper)) * scale
    let exponent = NumberLabel.decimalExponent(step)
    guard most < 1e6, exponent >= -6 else {
      return value == 0 ? "0" : NumberLabel.scientific(value)
    }
    let label = NumberLabel.fixed(value, decimals: max(0, -exponent))
    return format == .percent ? "\(label)\u{A0}%" : label
  }
}

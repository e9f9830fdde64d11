/// Numbers as people read them, without Foundation's formatters and so without a locale.
package enum NumberText {
  /// A number with `digits` significant digits, scientific where it is very small or large.
  ///
  /// `0.69314` → `0.6931`, `0.00001234` → `1.234e-05`.
  package static func significant(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity" }
    if value == 0 { return "0" }
    let exponent = decimalExponent(value, digits: digits)
    if exponent < -4 || exponent >= 9 {
      let mantissa = fixed(value / powerOfTen(exponent), decimals: digits - 1)
      let sign = exponent < 0 ? "-" : "+"
      return "\(mantissa)e\(sign)\(abs(exponent) < 10 ? "0" : "")\(abs(exponent))"
    }
    return fixed(value, decimals: max(digits - 1 - exponent, 0))
  }

  /// A count or rate in at most five characters up to a billion: `8.21`, `312`, `3.1k`, `1.2M`.
  package static func abbreviated(_ value: Double) -> String {
    for (unit, suffix) in [(1e9, "G"), (1e6, "M"), (1e3, "k")] where value >= unit * 0.9995 {
      return significant(value / unit, digits: value < unit * 99.95 ? 2 : 3) + suffix
    }
    return value >= 0.1
      ? fixed(value, decimals: value < 9.995 ? 2 : value < 99.95 ? 1 : 0)
      : significant(value, digits: 2)
  }

  /// A duration as hours, minutes and seconds: `0:07`, `12:34`, `1:02:03`; rounded down.
  package static func clock(_ duration: Duration) -> String {
    let seconds = max(duration.components.seconds, 0)
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
    func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return hours > 0
      ? "\(hours):\(padded(minutes)):\(padded(seconds % 60))"
      : "\(minutes):\(padded(seconds % 60))"
  }

  /// A number with a fixed count of decimals, rounded half away from zero.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
    let scale = powerOfTen(decimals)
    let scaled = (abs(value) * scale).rounded()
    let whole = (scaled / scale).rounded(.down)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return "\(sign)\(Int64(whole))" }
    let digits = "\(Int64(scaled - whole * scale))"
    let padding = String(repeating: "0", count: decimals - digits.count)
    return "\(sign)\(Int64(whole)).\(padding)\(digits)"
  }

  /// The exponent of `value` once it is rounded to `digits`: 9.9996 at four digits has 1, not 0.
  private static func decimalExponent(_ value: Double, digits: Int) -> Int {
    var exponent = 0
    var mantissa = abs(value)
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    return mantissa + 0.5 / powerOfTen(digits - 1) >= 10 ? exponent + 1 : exponent
  }

  private static func powerOfTen(_ exponent: Int) -> Double {
    let magnitude = (0..<abs(exponent)).reduce(1.0) { product, _ in product * 10 }
    return exponent < 0 ? 1 / magnitude : magnitude
  }
}

/// Numbers as people read them, without a locale.
public enum NumberLabel {
  /// What stands where there is no number.
  public static let none = "–"

  /// A number with a fixed count of decimals, rounded half away from zero, with a true minus sign.
  ///
  /// - Parameters:
  ///   - value: Any number.
  ///   - decimals: How many decimals, from 0 to 12.
  /// - Returns: `−0.50`; scientific from a magnitude of 10¹² on; a dash for what is not finite.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    precondition((0...12).contains(decimals), "\(decimals) decimals")
    guard value.isFinite else { return none }
    guard abs(value) < 1e12 else { return scientific(value) }
    let scale = powerOfTen(decimals)
    let (whole, part) = (abs(value).rounded(.down), abs(value).truncatingRemainder(dividingBy: 1))
    let scaled = (part * scale).rounded()
    let carried = scaled >= scale
    let integer = Int64(whole) + (carried ? 1 : 0)
    let fraction = carried ? 0 : Int64(scaled)
    let sign = value < 0 && (integer > 0 || fraction > 0) ? "−" : ""
    guard decimals > 0 else { return "\(sign)\(integer)" }
    let digits = "\(fraction)"
    let zeros = String(repeating: "0", count: decimals - digits.count)
    return "\(sign)\(integer).\(zeros)\(digits)"
  }

  /// A number with so many significant digits.
  ///
  /// - Parameters:
  ///   - value: Any number.
  ///   - digits: How many digits, at least 1.
  /// - Returns: `0.6931`; scientific where the number is very small or large.
  public static func significant(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return none }
    guard value != 0 else { return "0" }
    let exponent = decimalExponent(abs(value))
    guard (-4..<7).contains(exponent) else { return scientific(value) }
    return fixed(value, decimals: max(0, digits - 1 - exponent))
  }

  /// A share as a percentage.
  ///
  /// - Parameters:
  ///   - share: 1 for everything.
  ///   - decimals: How many decimals.
  /// - Returns: `64.7 %`, with a space that does not break.
  public static func percent(_ share: Double, decimals: Int = 1) -> String {
    share.isFinite ? "\(fixed(100 * share, decimals: decimals))\u{A0}%" : none
  }

  /// A whole number in groups of three digits.
  ///
  /// - Parameter count: Any number.
  /// - Returns: `134,515,008`.
  public static func grouped(_ count: Int) -> String {
    let digits = Array(String(count.magnitude))
    var text = count < 0 ? "−" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return text
  }

  /// The power of ten of a number's first digit.
  static func decimalExponent(_ magnitude: Double) -> Int {
    precondition(magnitude > 0 && magnitude.isFinite, "no first digit in \(magnitude)")
    var (exponent, value) = (0, magnitude)
    while value >= 10 { (value, exponent) = (value / 10, exponent + 1) }
    while value < 1 { (value, exponent) = (value * 10, exponent - 1) }
    return exponent
  }

  static func powerOfTen(_ exponent: Int) -> Double {
    let magnitude = (0..<abs(exponent)).reduce(1.0) { product, _ in product * 10 }
    return exponent < 0 ? 1 / magnitude : magnitude
  }

  /// `1.2e9`, `−3e−7`.
  static func scientific(_ value: Double) -> String {
    var exponent = decimalExponent(abs(value))
    // In two steps: 10³⁰⁸ and its inverse are not both numbers.
    let half = exponent / 2
    var mantissa = value / powerOfTen(half) / powerOfTen(exponent - half)
    // 9.96 is written with one decimal, and so is 10.
    if abs(mantissa) >= 9.95 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    let digits = fixed(mantissa, decimals: 1)
    let short = digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
    return "\(short)e\(exponent < 0 ? "−" : "")\(abs(exponent))"
  }
}

/// A number as a sentence holds it, with three significant digits: `1.62`, `0.0312`, `12300`.
package func shortNumber(_ value: Double) -> String {
  guard value != 0, value.isFinite else { return value == 0 ? "0" : "\(value)" }
  var (exponent, magnitude) = (0, abs(value))
  while magnitude >= 10 { (magnitude, exponent) = (magnitude / 10, exponent + 1) }
  while magnitude < 1 { (magnitude, exponent) = (magnitude * 10, exponent - 1) }
  // Whole powers of ten are exact up to 10²², so that the quotient is the nearest number and prints
  // no digits beyond those wanted.
  let power = (0..<abs(2 - exponent)).reduce(1.0) { product, _ in product * 10 }
  let rounded =
    exponent > 2 ? (value / power).rounded() * power : (value * power).rounded() / power
  let text = "\(rounded)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// A share as a sentence holds it: `12.5 %`.
package func shortPercentage(_ share: Double) -> String { "\(shortNumber(100 * share)) %" }

import PreferenceData

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension SeededGenerator {
  /// A standard normal number, by Box and Muller's transform.
  mutating func normal() -> Double {
    // 1 − unit() is above 0, so that the logarithm is finite.
    let radius = (-2 * log(1 - unit())).squareRoot()
    return radius * cos(2 * .pi * unit())
  }

  /// A standard Gumbel number: the largest of many independent utilities has this law.
  mutating func gumbel() -> Double {
    // The middle of one of 2⁵² pieces of (0, 1): neither logarithm meets 0.
    -log(-log((Double(next() >> 12) + 0.5) * 0x1p-52))
  }

  /// One of several, each equally likely.
  mutating func element<Element>(of elements: [Element]) -> Element {
    elements[Int(uniform(below: UInt64(elements.count)))]
  }
}

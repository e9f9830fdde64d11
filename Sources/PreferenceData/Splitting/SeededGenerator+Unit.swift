extension SeededGenerator {
  /// A multiple of 2⁻⁵³ from 0 to below 1, each equally likely.
  ///
  /// - Returns: The number.
  package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}

/// Numbers that depend on a seed, a sequence and a place in it, and on nothing that was drawn before: what
/// keeps a completion from depending on its neighbours.
///
/// SplitMix64's mixing function (Steele, Lea & Flood 2014), applied to each of the three in turn.
struct CounterGenerator {
  let seed: UInt64

  /// A number in [0, 1), of 53 bits.
  ///
  /// - Parameters:
  ///   - sequence: Which sequence.
  ///   - step: Which of its tokens.
  /// - Returns: The number.
  func uniform(sequence: UInt64, step: Int) -> Double {
    var state = Self.mixed(seed)
    state = Self.mixed(state ^ sequence)
    state = Self.mixed(state ^ UInt64(step))
    return Double(state >> 11) * 0x1p-53
  }

  private static func mixed(_ number: UInt64) -> UInt64 {
    var mixed = number &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

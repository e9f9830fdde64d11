/// xoshiro256** 1.0, whose state SplitMix64 fills from one number: the same seed gives the same
/// numbers on every machine and with every version of Swift.
///
/// Its state can be written into a checkpoint and read back.
///
/// - SeeAlso: David Blackman and Sebastiano Vigna, Scrambled Linear Pseudorandom Number Generators,
///   arXiv 1805.01407, figure 1 and section 5.3; reference code at prng.di.unimi.it.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Hashable, Codable {
  private var a: UInt64
  private var b: UInt64
  private var c: UInt64
  private var d: UInt64

  /// A generator whose four words are the first four outputs of SplitMix64.
  ///
  /// - Parameter seed: Any number, 0 too.
  public init(seed: UInt64) {
    var words = SplitMix64(state: seed)
    self.init(state: (words.next(), words.next(), words.next(), words.next()))
  }

  init(state: (UInt64, UInt64, UInt64, UInt64)) {
    (a, b, c, d) = state
  }

  /// The next 64 bits.
  ///
  /// - Returns: A number, each equally likely.
  public mutating func next() -> UInt64 {
    let result = (b &* 5).rotated(left: 7) &* 9
    let shifted = b << 17
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = d.rotated(left: 45)
    return result
  }

  /// A number below `bound`, each equally likely: the upper half of a 64 by 64 bit product, drawn
  /// again where the lower half falls in the remainder that would favour some.
  ///
  /// - Parameter bound: At least 1.
  /// - Returns: A number from 0 to `bound` − 1.
  /// - SeeAlso: Daniel Lemire, Fast Random Integer Generation in an Interval, arXiv 1805.10941,
  ///   algorithm 5.
  public mutating func uniform(below bound: UInt64) -> UInt64 {
    precondition(bound > 0, "no number is below 0")
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let remainder = (0 &- bound) % bound
      while product.low < remainder { product = next().multipliedFullWidth(by: bound) }
    }
    return product.high
  }

  /// The numbers 0 to `count` − 1 in random order, each order equally likely: Fisher and Yates's
  /// shuffle from the end (Knuth, The Art of Computer Programming, volume 2, 3.4.2, algorithm P).
  /// Swift's own shuffle may change with its version.
  ///
  /// - Parameter count: How many.
  /// - Returns: A permutation.
  public mutating func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(uniform(below: UInt64(last) + 1)))
    }
    return order
  }
}

/// The generator of Steele, Lea and Flood (2014) that xoshiro's authors recommend for seeding.
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

extension UInt64 {
  fileprivate func rotated(left count: UInt64) -> UInt64 { self << count | self >> (64 - count) }
}

import WebSupport

/// Gives 0, 1, 2, …, so that what is drawn from it is known.
struct CountingGenerator: RandomNumberGenerator {
  var number: UInt64 = 0

  mutating func next() -> UInt64 {
    defer { number += 1 }
    return number
  }

  /// The secret of the bytes from a number on.
  static func secret(from number: UInt64 = 0) -> Secret {
    var random = CountingGenerator(number: number)
    return Secret(using: &random)
  }
}

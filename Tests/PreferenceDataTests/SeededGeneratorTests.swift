import Foundation
import Testing

@testable import PreferenceData

@Suite("Seeded random numbers")
struct SeededGeneratorTests {
  /// The outputs of the authors' C code from the state 1, 2, 3, 4, as the tests of Rust's
  /// `rand_xoshiro` 0.6 have them.
  @Test("xoshiro256** gives the published numbers")
  func published() {
    var random = SeededGenerator(state: (1, 2, 3, 4))
    let expected: [UInt64] = [
      11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360,
      607_988_272_756_665_600, 16_172_922_978_634_559_625, 8_476_171_486_693_032_832,
      10_595_114_339_597_558_777, 2_904_607_092_377_533_576,
    ]
    #expect(expected.map { _ in random.next() } == expected)
  }

  /// The numbers of Java's `SplittableRandom`, as Rosetta Code lists them for this seed.
  @Test("SplitMix64 gives the published numbers")
  func seeding() {
    var words = SplitMix64(state: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    #expect(expected.map { _ in words.next() } == expected)
  }

  @Test("The state can be saved and goes on where it was")
  func saved() throws {
    var random = SeededGenerator(seed: .max)
    _ = random.permutation(of: 10)
    let data = try JSONEncoder().encode(random)
    var restored = try JSONDecoder().decode(SeededGenerator.self, from: data)
    #expect(restored == random)
    #expect(restored.permutation(of: 100) == random.permutation(of: 100))
  }

  @Test("A permutation has every number once, and the seed decides it", arguments: [0, 1, 2, 1000])
  func permutation(count: Int) {
    var first = SeededGenerator(seed: 7)
    var same = SeededGenerator(seed: 7)
    var other = SeededGenerator(seed: 8)
    let order = first.permutation(of: count)
    #expect(order.sorted() == Array(0..<count))
    #expect(order == same.permutation(of: count))
    #expect(count < 1000 || order != other.permutation(of: count))
  }

  /// Of 24 000 draws each of the 24 orders is expected 1000 times; the 99.9th percentile of χ²
  /// with 23 degrees of freedom is 49.7.
  @Test("Every order of four is equally likely")
  func uniformOrders() {
    var random = SeededGenerator(seed: 1)
    var counts: [[Int]: Double] = [:]
    for _ in 0..<24_000 { counts[random.permutation(of: 4), default: 0] += 1 }
    #expect(counts.count == 24)
    let chiSquared = counts.values.reduce(0) { $0 + ($1 - 1000) * ($1 - 1000) / 1000 }
    #expect(chiSquared < 49.7)
  }

  @Test("Numbers stay below their bound, also where nearly half of all draws are refused")
  func bounds() {
    var random = SeededGenerator(seed: 2)
    let bound: UInt64 = 1 << 63 + 1
    for _ in 0..<1000 {
      #expect(random.uniform(below: bound) < bound)
      #expect(random.uniform(below: 3) < 3)
      #expect(random.uniform(below: 1) == 0)
    }
  }
}

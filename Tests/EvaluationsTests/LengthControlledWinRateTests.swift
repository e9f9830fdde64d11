import Evaluations
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("The length-controlled win rate")
struct LengthControlledWinRateTests {
  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  /// Own length − the other's: its mean is above 0, its sample deviation 13.8092.
  private let lengths: [Double] = [2, -2, 14, 23, 23, 28, -7, 6]

  /// Preferences that the model itself gives, with θ = −0.2 and a liking for length of 1.1.
  private var preferences: [Double] {
    let mean = lengths.reduce(0, +) / 8
    let deviation = (lengths.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 7).squareRoot()
    return lengths.map { Self.sigmoid(-0.2 + 1.1 * tanh($0 / deviation)) }
  }

  @Test("raw 56.93 %, controlled 45.02 %: the fit recovers θ = −0.2 and φ = −1.1")
  func vector() throws {
    #expect(isClose(preferences.reduce(0, +) / 8, 0.5693, within: 5e-5))
    let rate = try #require(
      LengthControlledWinRate(preferences: preferences, lengthDifferences: lengths))
    #expect(isClose(rate.value, 0.450166, within: 1e-6))
    #expect(isClose(rate.lengthCoefficient, -1.1, within: 1e-7))
  }

  @Test("exchanging both sides, the two win rates add to 1, and φ stays")
  func exchange() throws {
    let outcomes = [1, 0, 1, 0.5, 1, 0, 0, 1]
    let own = try #require(
      LengthControlledWinRate(preferences: outcomes, lengthDifferences: lengths))
    let other = try #require(
      LengthControlledWinRate(
        preferences: outcomes.map { 1 - $0 }, lengthDifferences: lengths.map { -$0 }))
    #expect(isClose(own.value + other.value, 1))
    #expect(isClose(own.lengthCoefficient, try #require(other.lengthCoefficient)))
    // The unit of length is nobody's business.
    let scaled = LengthControlledWinRate(
      preferences: outcomes, lengthDifferences: lengths.map { 4.7 * $0 })
    #expect(isClose(scaled?.value, own.value))
  }

  @Test("ties everywhere are ½ whatever the lengths; equal lengths leave the mean preference")
  func ties() {
    let ties = LengthControlledWinRate(
      preferences: lengths.map { _ in 0.5 }, lengthDifferences: lengths)
    #expect(isClose(ties?.value, 0.5))
    let equal = LengthControlledWinRate(
      preferences: [1, 1, 0, 0.5], lengthDifferences: [0, 0, 0, 0])
    #expect(equal?.value == 0.625 && equal?.lengthCoefficient == nil)
  }

  @Test("a side that always wins has a rate of 1, and what is not determined has none")
  func limits() {
    #expect(LengthControlledWinRate(preferences: [1, 1], lengthDifferences: [3, 5])?.value == 1)
    #expect(LengthControlledWinRate(preferences: [0], lengthDifferences: [3])?.value == 0)
    #expect(LengthControlledWinRate(preferences: [], lengthDifferences: []) == nil)
    // The same difference everywhere cannot be told from a preference.
    #expect(LengthControlledWinRate(preferences: [1, 0], lengthDifferences: [4, 4]) == nil)
    // Lengths that tell all preferences apart.
    let separable = LengthControlledWinRate(
      preferences: [1, 1, 0, 0], lengthDifferences: [5, 6, -5, -7])
    #expect(separable == nil)
  }
}

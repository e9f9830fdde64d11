import Evaluations
import PreferenceData
import Testing

@Suite("Bootstrap")
struct BootstrapTests {
  private let values = (0..<400).map { Double(($0 * 37) % 101) }

  private func mean(_ rows: [Int]) -> Double? {
    MeanVariance(rows.map { values[$0] }).mean
  }

  @Test("the same seed gives the same draws, another seed others")
  func determinism() {
    func draw(seed: UInt64) -> BootstrapDistribution {
      var random = SeededGenerator(seed: seed)
      return Bootstrap(rounds: 50).distribution(count: values.count, using: &random, of: mean)
    }
    #expect(draw(seed: 3) == draw(seed: 3))
    #expect(draw(seed: 3) != draw(seed: 4))
  }

  @Test("of a mean it has the normal interval")
  func normal() throws {
    var random = SeededGenerator(seed: 1)
    let means = Bootstrap(rounds: 4000).distribution(
      count: values.count, using: &random, of: mean)
    let moments = MeanVariance(values)
    let center = try #require(moments.mean)
    let error = try #require(moments.standardError)
    let interval = try #require(means.interval())
    #expect(isClose(means.standardError, error, within: 0.03 * error))
    #expect(isClose(interval.lower, center - 1.96 * error, within: 0.15 * error))
    #expect(isClose(interval.upper, center + 1.96 * error, within: 0.15 * error))
  }

  @Test("rows that repeat their cluster add no information: the interval is √5 times as wide")
  func clusters() throws {
    // 80 clusters of 5 equal rows.
    let rows = (0..<400).map { values[$0 / 5] }
    func error(_ clusters: [Int]) throws -> Double {
      var random = SeededGenerator(seed: 5)
      return try #require(
        Bootstrap(rounds: 3000).distribution(clusters: clusters, using: &random) { drawn in
          MeanVariance(drawn.map { rows[$0] }).mean
        }.standardError)
    }
    let ratio = try error(rows.indices.map { $0 / 5 }) / error(Array(rows.indices))
    #expect(isClose(ratio, 5.0.squareRoot(), within: 0.12))
  }

  @Test("every round draws whole clusters, as many as there are")
  func wholeClusters() {
    let clusters = ["a", "b", "a", "c", "c", "c"]
    var random = SeededGenerator(seed: 2)
    _ = Bootstrap(rounds: 200).distribution(clusters: clusters, using: &random) { rows in
      let names = rows.map { clusters[$0] }
      let sizes = ["a": 2, "b": 1, "c": 3]
      let drawn = sizes.map { name, size in names.count { $0 == name } / size }
      #expect(drawn.reduce(0, +) == 3)
      return nil
    }
  }

  @Test("rounds without a value are counted, and none at all have no interval")
  func undefined() {
    var random = SeededGenerator(seed: 2)
    let some = Bootstrap(rounds: 100).distribution(count: 2, using: &random) { rows in
      rows == [0, 0] ? nil : 1
    }
    #expect(some.undefinedRounds > 0)
    #expect(some.values.count + some.undefinedRounds == 100)
    let none = Bootstrap(rounds: 10).distribution(count: 2, using: &random) { _ in nil }
    #expect(none.undefinedRounds == 10)
    #expect(none.interval() == nil)
    #expect(none.standardError == nil)
  }
}

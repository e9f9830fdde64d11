import Reports
import Testing

@Suite("Thinning of long lines")
struct ThinningTests {
  /// A line over 0, 1, 2, …, whose mean is known.
  private func series(_ count: Int, _ height: (Int) -> Double) -> ChartSeries {
    ChartSeries("a", (0..<count).map { ChartPoint(x: Double($0), y: height($0)) })
  }

  /// Jumps about, with one high and one low number that no mean shows.
  private func jagged(_ index: Int) -> Double {
    switch index {
    case 137: 1000
    case 801: -1000
    default: Double((index * 7919) % 101)
    }
  }

  @Test("a line of few points stays as it is", arguments: [0, 1, 2, 300])
  func few(count: Int) {
    let line = series(count, jagged)
    #expect(line.thinned(to: 300) == line)
  }

  @Test(
    "stretches differ by one point, their means have the mean of all, the band reaches every point",
    arguments: [(301, 300), (1000, 300), (5000, 64), (900, 300), (7, 2)])
  func laws(count: Int, limit: Int) throws {
    let line = series(count, jagged)
    let thin = line.thinned(to: limit)
    #expect(thin.points.count == limit && thin.band.count == limit)
    // Places are whole numbers, so that the mean of those from a to b − 1 is (a + b − 1)/2.
    var start = 0
    var sizes: [Int] = []
    var sum = 0.0
    for (point, interval) in zip(thin.points, thin.band) {
      let end = Int((2 * point.x).rounded()) + 1 - start
      let heights = (start..<end).map(jagged)
      #expect(interval.x == point.x)
      #expect(interval.lower == heights.min() && interval.upper == heights.max())
      sizes.append(end - start)
      sum += point.y * Double(end - start)
      start = end
    }
    #expect(start == count)
    #expect(try #require(sizes.max()) - (try #require(sizes.min())) <= 1)
    let mean = (0..<count).map(jagged).reduce(0, +) / Double(count)
    #expect(abs(sum / Double(count) - mean) < 1e-9)
  }

  @Test("a number that is none stays a gap, in the line and in its band")
  func gaps() {
    let thin = series(1000) { $0 == 500 ? .nan : $0 > 990 ? .infinity : 1 }.thinned(to: 100)
    let gaps = thin.points.indices.filter { !thin.points[$0].y.isFinite }
    #expect(gaps.count == 1)
    #expect(gaps.allSatisfy { thin.band[$0].lower.isNaN })
    #expect(thin.points.filter { $0.x < 500 }.count == 50)
    #expect(thin.points.filter { $0.x > 500 }.count == 49)
    #expect(thin.points.allSatisfy { $0.y.isNaN || $0.y == 1 })
    // Nothing but gaps.
    #expect(series(1000) { _ in .nan }.thinned(to: 100).points.isEmpty)
  }

  @Test("numbers near the limits of numbers have a mean too")
  func limits() {
    let thin = series(1000) { _ in 1e308 }.thinned(to: 10)
    #expect(thin.points.allSatisfy { abs($0.y / 1e308 - 1) < 1e-12 })
  }
}

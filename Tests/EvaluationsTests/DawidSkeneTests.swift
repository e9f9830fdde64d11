import Evaluations
import Testing

@Suite("Dawid–Skene")
struct DawidSkeneTests {
  @Test("ten items, four annotators, the last below chance")
  func vector() {
    let rows = [
      "0001", "0011", "0100", "0001", "1001", "1110", "1011", "1110", "0110", "1101",
    ]
    let labels: [[Int?]] = rows.map { row in row.map { $0 == "1" ? 1 : 0 } }
    let fit = DawidSkene(labels: labels, classes: 2, tolerance: 1e-14)
    #expect(fit.hasConverged)
    expectClose(
      fit.softLabels(of: 1),
      [
        0.045005, 0.190665, 0.491151, 0.045005, 0.146592, 0.946202, 0.461991, 0.946202, 0.828332,
        0.595378,
      ], within: 1e-6)
    #expect(isClose(fit.confusions[3][0][0], 0.335777, within: 1e-6))
    #expect(isClose(fit.confusions[3][1][1], 0.452755, within: 1e-6))
  }

  @Test("three classes with missing labels agree with array operations in NumPy")
  func recorded() throws {
    let recorded = try RecordedStatistics.load().annotators
    let labels: [[Int?]] = recorded.labels.map { $0.map { $0 < 0 ? nil : $0 } }
    let fit = DawidSkene(
      labels: labels, classes: 3, tolerance: 1e-15, maximumIterations: 5000)
    expectClose(Array(fit.posteriors.joined()), Array(recorded.posteriors.joined()), within: 1e-9)
    expectClose(fit.classShares, recorded.shares, within: 1e-9)
    expectClose(
      Array(fit.confusions.joined().joined()), Array(recorded.confusions.joined().joined()),
      within: 1e-9)
  }

  @Test(
    "posteriors, shares and rows of confusions add to 1; another order of annotators is the same")
  func laws() {
    let labels: [[Int?]] = [[0, 1, nil], [2, 2, 1], [nil, nil, nil], [1, 1, 1], [0, 0, 2]]
    let fit = DawidSkene(labels: labels, classes: 3)
    for row in fit.posteriors + [fit.classShares] + fit.confusions.joined() {
      #expect(isClose(row.reduce(0, +), 1, within: 1e-12))
    }
    let turned = DawidSkene(labels: labels.map { $0.reversed() }, classes: 3)
    expectClose(
      Array(turned.posteriors.joined()), Array(fit.posteriors.joined()), within: 1e-12)
    // Without votes an item is what items are in general.
    expectClose(fit.posteriors[2], fit.classShares, within: 1e-12)
  }

  @Test("a cap on rounds is kept, and told")
  func cap() {
    let labels: [[Int?]] = [[0, 1], [1, 1], [0, 0]]
    let fit = DawidSkene(labels: labels, classes: 2, tolerance: 0, maximumIterations: 3)
    #expect(fit.iterations == 3)
    #expect(!fit.hasConverged)
    #expect(DawidSkene(labels: [], classes: 2).posteriors.isEmpty)
  }
}

import Monitoring
import Testing

@Suite("Quantiles of histograms")
struct QuantileTests {
  private let bounds = [1.0, 2, 4]

  private func snapshot(_ values: [Double]) -> MetricHistogram.Snapshot {
    let name = ServerMetricName("things_seconds", .histogram(bounds: bounds), "Things.")
    let histogram = MetricsRegistry().histogram(name)
    for value in values { histogram.observe(value) }
    return histogram.snapshot
  }

  // By hand, as Prometheus documents histogram_quantile.
  @Test("within a bucket evenly, from 0 in the first, the last bound above all")
  func quantiles() {
    let four = snapshot([0.5, 1.5, 1.5, 3])
    #expect(four.quantile(0.25, bounds: bounds) == 1)
    #expect(four.quantile(0.125, bounds: bounds) == 0.5)
    #expect(four.quantile(0.5, bounds: bounds) == 1.5)
    #expect(four.quantile(1, bounds: bounds) == 4)
    #expect(four.quantile(0, bounds: bounds) == 0)
    #expect(snapshot([9]).quantile(0.5, bounds: bounds) == 4)
    #expect(snapshot([]).quantile(0.5, bounds: bounds) == nil)
  }

  @Test("what is added and taken away again is what was there")
  func arithmetic() {
    let (a, b) = (snapshot([0.5, 3]), snapshot([1.5]))
    #expect(a.adding(b) == snapshot([0.5, 1.5, 3]))
    #expect(a.adding(b).subtracting(b) == a)
  }

  @Test("all series of a metric are there, by their labels")
  func series() {
    let registry = MetricsRegistry()
    registry.gauge(.alertsFiring, ["severity": "warning"]).set(to: 2)
    registry.histogram(.safetyTime, ["stage": "answer"]).observe(0.5)
    #expect(registry.values(of: .alertsFiring) == [["warning"]: 2])
    #expect(registry.snapshots(of: .safetyTime).mapValues(\.sum) == [["answer"]: 0.5])
    #expect(registry.values(of: .canaryShare) == [[]: 0] && registry.values(of: .feedback).isEmpty)
  }
}

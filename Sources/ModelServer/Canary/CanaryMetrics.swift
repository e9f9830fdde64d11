internal import Monitoring
internal import Synchronization

/// Says to the metrics what a canary has come to.
final class CanaryMetrics: Sendable {
  private struct Counts {
    var requests: ArmCounts
    /// By guardrail.
    var badEvents: [ArmCounts]

    init(_ state: CanaryState) {
      requests = state.requests
      badEvents = state.evidence.map(\.badEvents)
    }
  }

  private let registry: MetricsRegistry
  /// What counters know of: as Prometheus has it, they begin at 0 with the process.
  private let counted: Mutex<Counts>

  /// - Parameters:
  ///   - registry: The metrics of the server.
  ///   - state: The canary as it was found, which earlier processes have counted.
  init(_ registry: MetricsRegistry, from state: CanaryState) {
    self.registry = registry
    counted = Mutex(Counts(state))
    update(to: state)
  }

  /// Sets the gauges, and adds to the counters what has come since.
  ///
  /// - Parameter state: The canary; an older one than the last changes no counter.
  func update(to state: CanaryState) {
    registry.gauge(.canaryShare).set(to: state.share)
    let evidence = state.evidence
    for one in evidence {
      registry.gauge(.canaryEvidence, ["guardrail": one.guardrail]).set(to: one.logEValue)
      registry.gauge(.canaryLimit, ["guardrail": one.guardrail]).set(to: one.limit)
    }
    let now = Counts(state)
    counted.withLock { counted in
      for arm in CanaryArm.allCases {
        add(now.requests[arm], beyond: &counted.requests[arm]) {
          registry.counter(.canaryRequests, ["arm": arm.rawValue])
        }
        for (place, one) in evidence.enumerated() {
          add(now.badEvents[place][arm], beyond: &counted.badEvents[place][arm]) {
            registry.counter(
              .canaryBadEvents, ["guardrail": one.guardrail, "arm": arm.rawValue])
          }
        }
      }
    }
  }

  /// Counts a decision.
  func count(_ decision: CanaryDecision) {
    registry.counter(.canaryDecisions, ["phase": decision.to.label]).increment()
  }

  private func add(_ count: Int, beyond known: inout Int, to counter: () -> MetricCounter) {
    let more = max(0, count - known)
    counter().increment(by: Double(more))
    known += more
  }
}

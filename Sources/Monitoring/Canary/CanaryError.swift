/// Why a canary cannot do what a person asks, as a sentence.
public struct CanaryError: Error, Sendable, Hashable {
  /// What was asked.
  public enum Request: Sendable, Hashable {
    /// To begin.
    case begin
    /// To promote the candidate.
    case promote
    /// To roll it back.
    case rollBack
  }

  /// What was asked.
  public let request: Request
  /// Where the canary stands.
  public let phase: CanaryPhase
  /// The experiment of the plan.
  public let experiment: String
  private let steps: Int

  init(_ request: Request, in phase: CanaryPhase, of plan: CanaryPlan) {
    (self.request, self.phase) = (request, phase)
    (experiment, steps) = (plan.experiment, plan.steps.count)
  }
}

extension CanaryError: CustomStringConvertible {
  /// A full sentence that says where the canary stands and what to do next.
  public var description: String {
    "canary '\(experiment)' cannot \(wish): it \(standing); \(advice)"
  }

  private var wish: String {
    switch request {
    case .begin: "begin"
    case .promote: "be promoted"
    case .rollBack: "be rolled back"
    }
  }

  private var standing: String {
    switch phase {
    case .idle: "has not begun"
    case .ramping(let step): "is at step \(step + 1) of \(steps)"
    case .holding: "holds for promotion"
    case .promoted: "has been promoted"
    case .rolledBack: "has been rolled back"
    case .stopped: "has been stopped"
    }
  }

  private var advice: String {
    switch (request, phase) {
    case (_, .rolledBack), (_, .stopped), (.begin, .promoted), (.promote, .promoted):
      "a new trial needs a plan with another experiment"
    case (.begin, _): "it is begun once"
    case (.promote, .idle), (.rollBack, .idle): "begin it first"
    case (.promote, _): "it can be after the last step"
    case (.rollBack, _): "the kill switch still stops it"
    }
  }
}

extension CanaryPlan {
  /// The smallest share: one in a million. Of less, e-values lose their digits.
  public static let leastShare = 1e-6

  /// Bytes of an experiment's name at most: folders are called after it.
  public static let longestName = 80

  /// Checks what files may have wrong.
  ///
  /// - Throws: ``CanaryPlanError``.
  public func check() throws(CanaryPlanError) {
    guard !experiment.allSatisfy(\.isWhitespace) else { throw .unnamed }
    let bytes = experiment.utf8.count
    guard bytes <= Self.longestName else { throw .longName(bytes: bytes) }
    guard !steps.isEmpty else { throw .noSteps }
    var last = 0.0
    for (place, step) in steps.enumerated() {
      guard step.share >= Self.leastShare, step.share <= 1 else {
        throw .share(step.share, step: place + 1)
      }
      guard step.share > last else { throw .falling(step.share, after: last, step: place + 1) }
      guard step.minimumRequests > 0 else {
        throw .requests(step.minimumRequests, step: place + 1)
      }
      guard step.minimumSeconds >= 0, step.minimumSeconds.isFinite else {
        throw .seconds(step.minimumSeconds, step: place + 1)
      }
      last = step.share
    }
    guard alpha > 0, alpha < 1 else { throw .alpha(alpha) }
    guard !guardrails.isEmpty else { throw .noGuardrails }
    guard steps[0].share < 1 else { throw .noControl }
    var names: Set<String> = []
    for guardrail in guardrails {
      guard !guardrail.name.allSatisfy(\.isWhitespace) else { throw .unnamedGuardrail }
      guard names.insert(guardrail.name).inserted else { throw .twice(guardrail.name) }
      if let bound = guardrail.badEvent.bound, !(bound > 0 && bound.isFinite) {
        throw .bound(bound, guardrail: guardrail.name)
      }
    }
  }
}

/// Why a plan cannot be followed, as a sentence.
public enum CanaryPlanError: Error, Sendable, Hashable {
  /// The experiment has no name.
  case unnamed
  /// The experiment's name is too long.
  case longName(bytes: Int)
  /// There is no step.
  case noSteps
  /// A share is none.
  case share(Double, step: Int)
  /// A share does not grow.
  case falling(Double, after: Double, step: Int)
  /// A step asks for no requests.
  case requests(Int, step: Int)
  /// A step lasts for no time that there is.
  case seconds(Double, step: Int)
  /// α is no probability.
  case alpha(Double)
  /// Nothing is guarded.
  case noGuardrails
  /// The first step leaves nothing to the control.
  case noControl
  /// A guardrail has no name.
  case unnamedGuardrail
  /// Two guardrails have one name.
  case twice(String)
  /// A bound in seconds is none.
  case bound(Double, guardrail: String)
}

extension CanaryPlanError: CustomStringConvertible {
  /// A full sentence that says what was seen and what to do next.
  public var description: String {
    switch self {
    case .unnamed:
      "the experiment has no name; give it one that no other has, since it decides who is asked first"
    case .longName(let bytes):
      "the experiment's name has \(bytes) bytes, but may have at most \(CanaryPlan.longestName)"
    case .noSteps: "the canary has no steps; give at least one share of traffic, such as 0.05"
    case .share(let share, let step):
      "step \(step) has the share \(share), but it must be from 0.000001 to 1 (5 % is 0.05)"
    case .falling(let share, let last, let step):
      "step \(step) has the share \(share) after \(last); shares must grow, so that nobody is sent back"
    case .requests(let requests, let step):
      "step \(step) waits for \(requests) requests; give at least 1 that the candidate is to answer"
    case .seconds(let seconds, let step):
      "step \(step) lasts for \(seconds) seconds; give 0 or more"
    case .alpha(let alpha):
      "alpha is \(alpha), but the probability of a false alarm must be above 0 and below 1; 0.05 is usual"
    case .noGuardrails:
      "the canary has no guardrails, and would let any candidate through; give at least one"
    case .noControl:
      "the first step gives the candidate all traffic, which leaves nothing to compare it with; begin "
        + "with a smaller share"
    case .unnamedGuardrail: "a guardrail has an empty name; give it one, or leave 'name' out"
    case .twice(let name): "two guardrails are called '\(name)'; give each a name of its own"
    case .bound(let bound, let name):
      "guardrail '\(name)' has the bound \(bound), but must have one above 0, in seconds"
    }
  }
}

/// Where a canary stands.
public enum CanaryPhase: Sendable, Hashable, Codable {
  /// It has not begun: the control answers.
  case idle
  /// A step of the ramp is under way, counted from 0.
  case ramping(step: Int)
  /// The ramp is over, at the last step's share: a person is to decide.
  case holding
  /// The candidate is in use.
  case promoted
  /// The candidate is out of use: by a guardrail, or by a person.
  case rolledBack(CanaryReason)
  /// The candidate is out of use by the kill switch.
  case stopped

  private enum CodingKeys: String, CodingKey {
    case idle, ramping, holding, promoted
    case rolledBack = "rolled_back"
    case stopped
  }

  /// Whether guardrails may still roll back.
  public var isUnderWay: Bool {
    switch self {
    case .ramping, .holding: true
    case .idle, .promoted, .rolledBack, .stopped: false
    }
  }
}

extension CanaryPhase: CustomStringConvertible {
  /// A few words.
  public var description: String {
    switch self {
    case .idle: "idle"
    case .ramping(let step): "step \(step + 1)"
    case .holding: "holding for promotion"
    case .promoted: "promoted"
    case .rolledBack: "rolled back"
    case .stopped: "stopped"
    }
  }
}

/// Why a canary went on, or ended.
public enum CanaryReason: Sendable, Hashable, Codable {
  /// It was begun.
  case begun
  /// The step had its requests and its time.
  case exposed
  /// A person decided so, for this reason.
  case asked(String)
  /// The e-value of a guardrail has reached its limit.
  case guardrail(String)
  /// The kill switch.
  case killSwitch

  private enum CodingKeys: String, CodingKey {
    case begun, exposed, asked, guardrail
    case killSwitch = "kill_switch"
  }
}

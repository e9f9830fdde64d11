internal import Monitoring

/// What a person can ask of a canary.
public enum CanaryCommand: Sendable, Hashable {
  /// To begin its first step.
  case begin
  /// To put the candidate into use after the ramp, for this reason.
  case promote(because: String)
  /// To take it out of use, for this reason.
  case rollBack(because: String)
  /// To take it out of use at once, wherever the canary stands: the kill switch.
  case stop

  /// Its name.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// To begin.
    case begin
    /// To promote.
    case promote
    /// To roll back.
    case rollBack = "roll_back"
    /// To stop.
    case stop

    /// Whether it is carried out only with a reason, which the log keeps.
    public var needsReason: Bool {
      switch self {
      case .begin, .stop: false
      case .promote, .rollBack: true
      }
    }
  }

  /// A command by its name.
  ///
  /// - Parameters:
  ///   - kind: Its name.
  ///   - reason: Why; only some commands keep it.
  public init(_ kind: Kind, because reason: String) {
    self =
      switch kind {
      case .begin: .begin
      case .promote: .promote(because: reason)
      case .rollBack: .rollBack(because: reason)
      case .stop: .stop
      }
  }
}

extension CanaryPhase {
  /// What a person can ask for here.
  var commands: [CanaryCommand.Kind] {
    switch self {
    case .idle: [.begin, .stop]
    case .ramping: [.rollBack, .stop]
    case .holding: [.promote, .rollBack, .stop]
    case .promoted: [.stop]
    case .rolledBack, .stopped: []
    }
  }

  /// What metrics call it.
  var label: String {
    switch self {
    case .idle: "idle"
    case .ramping: "ramping"
    case .holding: "holding"
    case .promoted: "promoted"
    case .rolledBack: "rolled_back"
    case .stopped: "stopped"
    }
  }

  /// Whether the candidate is out of use for good.
  var isOutOfUse: Bool {
    switch self {
    case .rolledBack, .stopped: true
    case .idle, .ramping, .holding, .promoted: false
    }
  }
}

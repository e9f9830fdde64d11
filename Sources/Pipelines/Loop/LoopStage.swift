/// A part of a turn of `attune loop`; each builds on those before it.
public enum LoopStage: String, Codable, CaseIterable, Sendable {
  /// Feedback, annotations and files become records, divided by prompt.
  case data
  /// A reward model of what people prefer, and where the policy learns from it a second one that judges.
  case reward
  /// The policy learns.
  case training
  /// What has learned is compared with the policy in use.
  case gate
  /// What passed the gate is described for the canary.
  case candidate

  /// What it does, in a few words.
  public var title: String {
    switch self {
    case .data: "data"
    case .reward: "reward model"
    case .training: "training"
    case .gate: "gate"
    case .candidate: "candidate for the canary"
    }
  }

  /// Whether it goes on where it was interrupted; others begin again.
  var goesOn: Bool {
    switch self {
    case .reward, .training: true
    case .data, .gate, .candidate: false
    }
  }

  /// This stage and those after it.
  public var onwards: [LoopStage] {
    Array(Self.allCases.drop { $0 != self })
  }

  /// The stages before it.
  var before: [LoopStage] {
    Array(Self.allCases.prefix { $0 != self })
  }
}

/// What turns the hidden state of a sequence's last token into scores.
public struct ScoreHeadShape: Codable, Equatable, Sendable {
  /// What each member computes.
  public enum Kind: Codable, Equatable, Sendable {
    /// weight · h, without bias: the head of a one-label sequence classifier.
    case linear
    /// output · dropout(relu(hidden · h + bias)) + bias.
    case multilayer(width: Int)
  }

  /// How many scores a sequence gets: 1, or the members of an ensemble.
  public var members: Int
  /// What each member computes.
  public var kind: Kind

  /// Describes a head.
  ///
  /// - Parameters:
  ///   - members: How many scores a sequence gets, at least 1.
  ///   - kind: What each member computes.
  public init(members: Int = 1, kind: Kind = .linear) {
    precondition(members > 0, "\(members) members of a score head")
    self.members = members
    self.kind = kind
  }

  /// Whether `transformers` computes the same with its one-label sequence classifier.
  package var isClassifier: Bool { self == ScoreHeadShape() }

  /// Whether there are members and units, which a file may deny.
  var isPossible: Bool {
    guard members > 0 else { return false }
    return switch kind {
    case .linear: true
    case .multilayer(let width): width > 0
    }
  }

  /// The number of weights of all members.
  ///
  /// - Parameter inputs: The width of what the heads read.
  /// - Returns: Weights and biases.
  public func parameterCount(inputs: Int) -> Int {
    modules(inputs: inputs).reduce(0) { $0 + $1.outputs * ($1.inputs + ($1.hasBias ? 1 : 0)) }
  }

  /// The modules of all members, with what they take in and give out.
  ///
  /// - Parameter inputs: The width of what the heads read.
  /// - Returns: The modules, member by member, with the names that their tensors have.
  func modules(
    inputs: Int
  ) -> [(module: Module, outputs: Int, inputs: Int, hasBias: Bool, name: String)] {
    (0..<members).flatMap {
      member -> [(module: Module, outputs: Int, inputs: Int, hasBias: Bool, name: String)] in
      switch kind {
      case .linear:
        return [
          (.score(member), 1, inputs, false, isClassifier ? "score" : "heads.\(member).score")
        ]
      case .multilayer(let width):
        return [
          (.scoreHidden(member), width, inputs, true, "heads.\(member).hidden"),
          (.score(member), 1, width, true, "heads.\(member).output"),
        ]
      }
    }
  }
}

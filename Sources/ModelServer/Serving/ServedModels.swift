internal import Monitoring

/// The models of a server.
public struct ServedModels: Sendable {
  /// A reward model, or an ensemble of them.
  public struct Reward: Sendable, Hashable {
    /// What requests call it.
    public let name: String
    /// Tokens that it has positions for; `nil` for no limit of its own.
    public let positions: Int?

    /// A reward model.
    ///
    /// - Parameters:
    ///   - name: What requests call it.
    ///   - positions: Tokens that it has positions for.
    public init(name: String, positions: Int?) { (self.name, self.positions) = (name, positions) }
  }

  /// The one in use.
  public let control: ServedModel
  /// The one on trial.
  public let candidate: ServedModel?
  /// What scores answers; `nil` for nothing.
  public let reward: Reward?
  /// When they were loaded, in seconds since 1970.
  public let created: Int

  /// Models.
  ///
  /// - Parameters:
  ///   - control: The one in use.
  ///   - candidate: The one on trial.
  ///   - reward: What scores answers.
  ///   - created: When they were loaded, in seconds since 1970.
  public init(
    control: ServedModel, candidate: ServedModel? = nil, reward: Reward? = nil, created: Int
  ) {
    (self.control, self.candidate) = (control, candidate)
    (self.reward, self.created) = (reward, created)
  }

  /// The model of an arm.
  subscript(arm: CanaryArm) -> ServedModel {
    switch arm {
    case .control: control
    case .candidate: candidate ?? control
    }
  }

  /// What is listed: a candidate answers under the name of the model in use.
  var entries: [ModelEntry] {
    ([control.name] + [reward?.name].compactMap(\.self)).map {
      ModelEntry(name: $0, created: created)
    }
  }

  /// Checks what a request calls a model.
  func check(_ name: String) throws(RequestProblem) {
    guard name == control.name else { throw .unknownModel(name, known: entries.map(\.name)) }
  }
}

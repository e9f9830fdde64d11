/// One of the two models that answer.
public enum CanaryArm: String, Sendable, Hashable, Codable, CaseIterable {
  /// The one in use so far.
  case control
  /// The one on trial.
  case candidate
}

/// A count for each arm.
public struct ArmCounts: Sendable, Hashable, Codable {
  /// Of the control.
  public var control: Int
  /// Of the candidate.
  public var candidate: Int

  /// Counts.
  ///
  /// - Parameters:
  ///   - control: Of the control.
  ///   - candidate: Of the candidate.
  public init(control: Int = 0, candidate: Int = 0) {
    (self.control, self.candidate) = (control, candidate)
  }

  /// The count of an arm.
  ///
  /// - Parameter arm: The arm.
  public subscript(arm: CanaryArm) -> Int {
    get {
      switch arm {
      case .control: control
      case .candidate: candidate
      }
    }
    set {
      switch arm {
      case .control: control = newValue
      case .candidate: candidate = newValue
      }
    }
  }

  /// Adds counts, arm by arm.
  ///
  /// - Parameters:
  ///   - left: Counts.
  ///   - right: Others.
  /// - Returns: Their sums.
  public static func + (left: ArmCounts, right: ArmCounts) -> ArmCounts {
    ArmCounts(control: left.control + right.control, candidate: left.candidate + right.candidate)
  }
}

internal import PreferenceData

/// Which model answers whom.
///
/// A user, or a session, has a place from 0 to below 1, a hash that the experiment's name salts. Who
/// stands below the candidate's share of traffic is answered by the candidate:
///
///     let assignment = CanaryAssignment(experiment: "helpful-7")
///     assignment.arm(of: "user 17", share: 0.05)      // the same whenever it is asked
///
/// A share that grows so moves users from the control to the candidate, and nobody back. In another
/// experiment the places are others, so that the same users are not always the first.
public struct CanaryAssignment: Sendable, Hashable, Codable {
  /// The salt.
  public let experiment: String

  /// An assignment.
  ///
  /// - Parameter experiment: The salt: a name that no other experiment has.
  public init(experiment: String) { self.experiment = experiment }

  /// Where somebody stands.
  ///
  /// - Parameter unit: What stays with one model: the id of a user, of a session, or of a request that
  ///   has neither.
  /// - Returns: A multiple of 2⁻⁵³ from 0 to below 1, each equally likely.
  public func place(of unit: String) -> Double {
    var identity = SeededGenerator(seed: 0, purpose: unit)
    var place = SeededGenerator(seed: identity.next(), purpose: experiment)
    return place.unit()
  }

  /// Who answers.
  ///
  /// - Parameters:
  ///   - unit: As ``place(of:)`` takes it.
  ///   - share: The candidate's share of traffic, from 0 to 1.
  /// - Returns: The arm.
  public func arm(of unit: String, share: Double) -> CanaryArm {
    Self.arm(at: place(of: unit), share: share)
  }

  /// Who answers at a place.
  static func arm(at place: Double, share: Double) -> CanaryArm {
    precondition((0...1).contains(share), "a share of \(share)")
    return place < share ? .candidate : .control
  }
}

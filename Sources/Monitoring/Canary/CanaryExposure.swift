/// How one request was assigned: what its later events are counted by.
///
/// It is made when the request comes in and kept with the response's id, so that feedback of next week
/// is counted for the step and the arm that gave the answer. It holds no name, only a hash's place.
public struct CanaryExposure: Sendable, Hashable, Codable {
  /// The experiment of the plan.
  public let experiment: String
  /// The step of the ramp, from 0; `nil` where none was under way.
  public let step: Int?
  /// Who answers.
  public let arm: CanaryArm
  /// Where the user stands, by ``CanaryAssignment/place(of:)``.
  public let place: Double
  /// Whether the arm was asked for: then nothing is counted.
  public let isForced: Bool

  /// An assignment as it was made.
  ///
  /// - Parameters:
  ///   - experiment: The experiment of the plan.
  ///   - step: The step of the ramp, from 0; `nil` where none was under way.
  ///   - arm: Who answers.
  ///   - place: Where the user stands.
  ///   - isForced: Whether the arm was asked for.
  public init(
    experiment: String, step: Int?, arm: CanaryArm, place: Double, isForced: Bool = false
  ) {
    (self.experiment, self.step, self.arm) = (experiment, step, arm)
    (self.place, self.isForced) = (place, isForced)
  }
}

public import Monitoring
public import Sampling

/// What one request asks of the engine: sequences of one or more prompts, all by one model.
public struct GenerationJob: Sendable, Equatable {
  /// Which model.
  public var arm: CanaryArm
  /// The sequences; those with one `group` share a prompt.
  public var sequences: [SequenceRequest]

  /// A job.
  ///
  /// - Parameters:
  ///   - arm: Which model.
  ///   - sequences: One at least; those with one `group` share a prompt.
  public init(arm: CanaryArm, sequences: [SequenceRequest]) {
    precondition(!sequences.isEmpty, "a job of no sequences")
    (self.arm, self.sequences) = (arm, sequences)
  }
}

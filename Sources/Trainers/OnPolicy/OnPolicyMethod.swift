internal import LanguageModels

/// A method that learns from what its policy says: how a rollout becomes lessons, and lessons a gradient.
/// The steps themselves are taken by ``OnPolicyLoop``.
protocol OnPolicyMethod {
  /// What is known of a rollout before the first update: advantages, returns.
  associatedtype Lessons
  /// What the method carries from step to step beside weights; a checkpoint keeps it.
  associatedtype State: Codable = Stateless

  /// The model whose trained parameters receive the gradient.
  var model: any TrainableModel { get }
  /// What the method carries before the first step.
  var initialState: State { get }
  /// KL from the policy that sampled, in nats a token, beyond which a rollout is left; `nil` for never.
  var targetDivergence: Double? { get }

  /// What a rollout teaches.
  ///
  /// - Parameters:
  ///   - buffer: The rollout.
  ///   - klCoefficient: β of the step.
  ///   - state: What the steps before have left.
  ///   - metrics: Takes what is measured of the rollout as a whole.
  /// - Returns: The lessons.
  /// - Throws: ``TrainingError`` if a number is not finite; `EngineError`.
  func lessons(
    of buffer: ExperienceBuffer, klCoefficient: Double, state: inout State,
    metrics: inout StepMeasurements
  ) throws -> Lessons

  /// Adds the gradient of an optimizer batch to the parameters' gradients.
  ///
  /// - Parameters:
  ///   - batch: Indices of completions of the buffer.
  ///   - buffer: The rollout.
  ///   - lessons: What it teaches.
  ///   - klCoefficient: β of the step.
  ///   - metrics: Takes what is measured.
  /// - Throws: ``TrainingError`` if a loss is not finite.
  func descend(
    on batch: [Int], of buffer: ExperienceBuffer, _ lessons: Lessons, klCoefficient: Double,
    metrics: inout StepMeasurements
  ) throws
}

extension OnPolicyMethod {
  var targetDivergence: Double? { nil }
}

extension OnPolicyMethod where State == Stateless {
  var initialState: Stateless { Stateless() }
}

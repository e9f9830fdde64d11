public import RunRecords
public import TrainingConfiguration

/// One of the methods that learn from rewards of their own completions, with its settings.
public enum OnPolicyLearner: Sendable {
  /// REINFORCE with a baseline.
  case reinforce(ReinforceConfiguration)
  /// REINFORCE with a leave-one-out baseline.
  case rloo(RLOOConfiguration)
  /// Group relative policy optimization.
  case grpo(GRPOConfiguration)
  /// Proximal policy optimization.
  case ppo(PPOConfiguration)
}

/// A whole run of `attune reinforce`, `rloo`, `grpo` or `ppo`: from prompts to a model in a run directory.
///
///     let training = OnPolicyTraining(.ppo(configuration), rewards: rewards, existing: .refuse)
///     let summary = try await training.run(origin) { event in … }
public struct OnPolicyTraining {
  private let learner: OnPolicyLearner
  private let rewards: OnPolicyRewards
  private let existing: ExistingRun
  private let availableMemory: Int?

  /// Plans a run.
  ///
  /// - Parameters:
  ///   - learner: A method with a configuration that is valid for a run.
  ///   - rewards: What completions are worth, and who watches.
  ///   - existing: What to do with a run directory that is there already.
  ///   - availableMemory: Bytes that the run may take; `nil` to try whatever it needs.
  public init(
    _ learner: OnPolicyLearner, rewards: OnPolicyRewards, existing: ExistingRun,
    availableMemory: Int? = nil
  ) {
    self.learner = learner
    self.rewards = rewards
    self.existing = existing
    self.availableMemory = availableMemory
  }

  /// Trains, and leaves the policy in the run directory.
  ///
  /// Everything that can be checked is checked first, and what a run that ends early leaves is as with
  /// ``PreferenceTraining/run(_:observe:)``.
  ///
  /// - Parameters:
  ///   - origin: Where the run comes from, for its manifest.
  ///   - observe: Told of all that happens; may stop the run, which then saves a checkpoint.
  /// - Returns: What was done.
  /// - Throws: Errors of the data, the models, the rewards, the run directory, or ``TrainingError``.
  public func run(
    _ origin: RunOrigin, observe: (TrainingEvent) throws -> TrainingDisposition
  ) async throws -> TrainingSummary {
    switch learner {
    case .reinforce(let recipe): try await run(recipe, origin, observe)
    case .rloo(let recipe): try await run(recipe, origin, observe)
    case .grpo(let recipe): try await run(recipe, origin, observe)
    case .ppo(let recipe): try await run(recipe, origin, observe)
    }
  }

  private func run(
    _ recipe: some OnPolicyRecipe, _ origin: RunOrigin,
    _ observe: (TrainingEvent) throws -> TrainingDisposition
  ) async throws -> TrainingSummary {
    let run = OnPolicyRun(
      recipe: recipe, rewards: rewards, existing: existing, availableMemory: availableMemory)
    return try await run(origin, observe: observe)
  }
}

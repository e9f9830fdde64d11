public import RunRecords
public import TrainingConfiguration

/// A whole run of `attune reinforce`, `rloo`, `grpo` or `ppo`: from prompts to a model in a run directory.
///
///     let training = OnPolicyTraining(configuration, rewards: rewards, existing: .refuse)
///     let summary = try await training.run(origin) { event in … }
public struct OnPolicyTraining {
  private typealias Run = (
    RunOrigin, (TrainingEvent) throws -> TrainingDisposition
  ) async throws -> TrainingSummary

  private let start: Run

  /// Plans a run of REINFORCE with a baseline.
  ///
  /// - Parameters:
  ///   - configuration: A configuration that is valid for a run.
  ///   - rewards: What completions are worth, and who watches.
  ///   - existing: What to do with a run directory that is there already.
  ///   - availableMemory: Bytes that the run may take; `nil` to try whatever it needs.
  public init(
    _ configuration: ReinforceConfiguration, rewards: OnPolicyRewards, existing: ExistingRun,
    availableMemory: Int? = nil
  ) {
    self.init(
      OnPolicyRun(
        recipe: configuration, rewards: rewards, existing: existing,
        availableMemory: availableMemory))
  }

  /// Plans a run of REINFORCE with a leave-one-out baseline.
  ///
  /// - Parameters:
  ///   - configuration: A configuration that is valid for a run.
  ///   - rewards: What completions are worth, and who watches.
  ///   - existing: What to do with a run directory that is there already.
  ///   - availableMemory: Bytes that the run may take; `nil` to try whatever it needs.
  public init(
    _ configuration: RLOOConfiguration, rewards: OnPolicyRewards, existing: ExistingRun,
    availableMemory: Int? = nil
  ) {
    self.init(
      OnPolicyRun(
        recipe: configuration, rewards: rewards, existing: existing,
        availableMemory: availableMemory))
  }

  /// Plans a run of group relative policy optimization.
  ///
  /// - Parameters:
  ///   - configuration: A configuration that is valid for a run.
  ///   - rewards: What completions are worth, and who watches.
  ///   - existing: What to do with a run directory that is there already.
  ///   - availableMemory: Bytes that the run may take; `nil` to try whatever it needs.
  public init(
    _ configuration: GRPOConfiguration, rewards: OnPolicyRewards, existing: ExistingRun,
    availableMemory: Int? = nil
  ) {
    self.init(
      OnPolicyRun(
        recipe: configuration, rewards: rewards, existing: existing,
        availableMemory: availableMemory))
  }

  /// Plans a run of proximal policy optimization.
  ///
  /// - Parameters:
  ///   - configuration: A configuration that is valid for a run.
  ///   - rewards: What completions are worth, and who watches.
  ///   - existing: What to do with a run directory that is there already.
  ///   - availableMemory: Bytes that the run may take; `nil` to try whatever it needs.
  public init(
    _ configuration: PPOConfiguration, rewards: OnPolicyRewards, existing: ExistingRun,
    availableMemory: Int? = nil
  ) {
    self.init(
      OnPolicyRun(
        recipe: configuration, rewards: rewards, existing: existing,
        availableMemory: availableMemory))
  }

  private init<Recipe>(_ run: OnPolicyRun<Recipe>) {
    start = { try await run($0, observe: $1) }
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
    try await start(origin, observe)
  }
}

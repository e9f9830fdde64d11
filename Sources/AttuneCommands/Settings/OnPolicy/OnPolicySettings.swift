import ArgumentParser
import Trainers
import TrainingConfiguration

/// The flags of one on-policy method that other methods do not share.
protocol OnPolicyFlags: ParsableArguments {
  /// The method's configuration.
  associatedtype Configuration: OnPolicyConfiguration
  /// The command.
  static var verb: String { get }
  /// How people call the method.
  static var method: String { get }
  /// What a completion is compared with, as a sentence.
  static var comparison: String { get }
  /// The method with its settings.
  static func learner(_ configuration: Configuration) -> OnPolicyLearner
  /// The flags that were given.
  var given: [SettingFlag] { get }
}

/// Every setting of an on-policy command as a flag, and the layers beneath them.
///
/// ``OnPolicyCommand`` holds it without a title of its own, so that the titles of the groups inside
/// show in the help.
struct OnPolicySettings<Flags: OnPolicyFlags>: ParsableArguments {
  @OptionGroup(title: "Method") var method: Flags
  @OptionGroup(title: "Prompts") var prompts: PromptFlags<Flags.Configuration>
  @OptionGroup(title: "Rewards") var rewards: RewardSourceFlags<Flags.Configuration>
  @OptionGroup(title: "Rewards") var likelihood: LikelihoodFlags<Flags.Configuration>
  @OptionGroup(title: "Rollouts") var rollout: RolloutFlags<Flags.Configuration>
  @OptionGroup(title: "Reference") var divergence: DivergenceFlags<Flags.Configuration>
  @OptionGroup(title: "Watching") var watch: WatchFlags<Flags.Configuration>
  @OptionGroup(title: "Optimizer") var optimizer: OptimizerFlags<Flags.Configuration>
  @OptionGroup(title: "Batches") var batches: BatchFlags<Flags.Configuration>
  @OptionGroup(title: "Run") var run: RunFlags<Flags.Configuration>
  @OptionGroup(title: "Configuration") var configuration: ConfigurationFlags

  /// The configuration that defaults, file, assignments and flags make together.
  ///
  /// - Parameter isResumed: Whether the run in the run directory is to go on.
  /// - Returns: A configuration that a run can start with; with `--print-config`, one that may still
  ///   lack the model, the prompts or the run directory.
  /// - Throws: `ValidationError` (exit status 64) that names every problem and its place.
  func resolve(isResumed: Bool) throws -> Flags.Configuration {
    let flags =
      method.given + prompts.given + rewards.given + likelihood.given + rollout.given
      + divergence.given + watch.given + optimizer.given + batches.given + run.given
    return try configuration.resolve(
      Flags.Configuration.self, flags: flags, isResumed: isResumed, except: [])
  }
}

import ArgumentParser
import ConfigurationFiles
import TrainingConfiguration

/// Choosing among completions by rewards: the options of `attune generate` that are about it.
struct BestOfFlags: ParsableArguments {
  @Flag(
    help: "Write of each prompt's completions the one with the highest reward, instead of all.")
  var bestOf = false

  @Option(
    help: ArgumentHelp(
      "JSON Lines to write the best completions to as demonstrations, for `attune sft`.",
      valueName: "file"))
  var rejection: String?

  @OptionGroup var reward: RewardSourceFlags<RewardSourceConfiguration>

  /// Whether anything is chosen.
  var areGiven: Bool { bestOf || rejection != nil }

  private var name: String { bestOf ? "--best-of" : "--rejection" }

  /// Refuses what does not go together.
  ///
  /// - Parameters:
  ///   - n: The completions of each prompt.
  ///   - isGreedy: Whether they are all the same.
  /// - Throws: `ValidationError`.
  func check(n: Int, isGreedy: Bool) throws {
    guard areGiven else {
      if let flag = reward.given.first {
        throw ValidationError(
          "'\(flag.spelling)' is about '--best-of' and '--rejection'; give one of them.")
      }
      return
    }
    if n == 1 {
      throw ValidationError(
        "'\(name)' chooses among several completions of a prompt; give '--n' with 2 or more.")
    }
    if isGreedy {
      throw ValidationError(
        "'--greedy' gives the same completion \(n) times, and '\(name)' nothing to choose from; leave "
          + "it out.")
    }
    let names = Set(reward.given.map(\.name))
    let sources: Set = [
      "reward_model", "reward_program", "reward_endpoint", "reward_rules", "reward_gold",
    ]
    if names.isDisjoint(with: sources) {
      throw ValidationError(
        "'\(name)' needs what says which completion is best: give '--reward-model', "
          + "'--reward-program', '--reward-endpoint', '--reward-rules' or '--reward-gold'.")
    }
    if names.contains("world_seed"), !names.contains("reward_gold") {
      throw ValidationError("'--world-seed' is about '--reward-gold'.")
    }
  }

  /// The rewards that the flags name.
  ///
  /// - Throws: `ValidationError` for settings that cannot be, and what ``RewardSources`` throws.
  func sources() throws -> RewardSources {
    var layers = LayeredConfiguration()
    layers.merge(reward.given)
    let configuration: RewardSourceConfiguration
    do {
      configuration = try layers.resolve()
    } catch {
      throw ValidationError(error.description)
    }
    return try RewardSources(configuration)
  }
}

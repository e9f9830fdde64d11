import ArgumentParser
import ConfigurationFiles
import Testing
import TrainingConfiguration

@testable import AttuneCommands

@Suite("Flags of rewards")
struct RewardSourceFlagsTests {
  /// All of them, as training commands have them.
  private struct Flags: ParsableArguments {
    @OptionGroup var sources: RewardSourceFlags<RewardSourceConfiguration>
    @OptionGroup var likelihood: LikelihoodFlags<RewardSourceConfiguration>

    var given: [SettingFlag] { sources.given + likelihood.given }
  }

  private func resolve(_ arguments: [String]) throws -> RewardSourceConfiguration {
    let type = RewardSourceConfiguration.self
    let spelled = joiningNegativeNumbers(in: spellingOutBooleans(in: arguments, of: type), of: type)
    var layers = LayeredConfiguration()
    layers.merge(try Flags.parse(spelled).given)
    return try layers.resolve()
  }

  @Test("every setting has a flag, which sets it and no other")
  func everySetting() throws {
    let values: [String: [String]] = [
      "reward_aggregation": ["uwo"], "reward_gold": ["true"], "reward_normalization": ["running"],
      "reward_clip_range": ["-2", "3"], "reward_likelihood": ["filtered"],
      "reward_weights": ["0.5"], "reward_likelihood_threshold": ["-7"],
    ]
    let company: [String: [String]] = [
      "reward_timeout": ["--reward-program", "p"],
      "reward_lambda": ["--reward-aggregation", "uwo"],
      "reward_likelihood_threshold": ["--reward-likelihood", "scaled"],
    ]
    for setting in RewardSourceConfiguration.settings {
      let isSource = ["reward_program", "reward_model"].contains(setting.name)
      var others = company[setting.name] ?? []
      if !isSource { others += ["--reward-model", "m"] }
      let before = try resolve(isSource ? ["--reward-gold"] : others)
      let after = try resolve(
        (isSource ? ["--reward-gold"] : others) + [setting.flag]
          + (values[setting.name] ?? ["7"]))
      for (before, after) in zip(before.literals, after.literals) {
        let isChanged = before.value != after.value
        #expect(isChanged == (before.setting.name == setting.name), "\(setting.flag)")
      }
    }
  }

  @Test(
    "negative numbers follow their flag as others do",
    arguments: [
      (["--reward-clip-range", "-5", "5"], [-5, 5]),
      (["--reward-clip-range", "-5", "-1"], [-5, -1]),
      (["--reward-clip-range=-5", "5"], [-5, 5]), (["--reward-clip-range", "1", "2"], [1, 2]),
    ] as [([String], [Double])])
  func negativeNumbers(arguments: [String], expected: [Double]) throws {
    #expect(try resolve(arguments + ["--reward-gold"]).clipRange == expected)
  }

  @Test("what is no value of a setting stays as it was")
  func otherArguments() {
    for arguments in [
      ["--out", "-5"], ["-5"], ["--reward-lambda", "1", "-5"], ["--", "--reward-lambda", "-1"],
      ["--reward-model", "a", "--json", "-1"],
    ] {
      #expect(
        joiningNegativeNumbers(in: arguments, of: RewardSourceConfiguration.self) == arguments)
    }
    #expect(
      joiningNegativeNumbers(in: ["--reward-lambda", "-1"], of: RewardSourceConfiguration.self)
        == ["--reward-lambda=-1"])
  }
}

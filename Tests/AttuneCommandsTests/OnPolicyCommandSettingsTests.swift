import ArgumentParser
import Testing
import TrainingConfiguration

@testable import AttuneCommands

@Suite("Settings of on-policy commands")
struct OnPolicyCommandSettingsTests {
  /// Values where 7 is none, or is the default.
  private static let values: [String: [String]] = [
    "adam_beta1": ["0.25"], "adam_beta2": ["0.25"], "baseline": ["running"],
    "baseline_decay": ["0.5"], "batch_size": ["16"], "cliprange": ["0.3"], "delta": ["3"],
    "epsilon": ["0.3"], "epsilon_high": ["0.3"], "eval_fraction": ["0.25"], "gamma": ["0.5"],
    "importance_sampling_level": ["sequence"], "judge_gold": ["true"], "kl_control": ["scheduled"],
    "kl_estimator": ["k2"], "lam": ["0.5"], "loss_type": ["bnpo"], "lr_scheduler_type": ["cosine"],
    "mask_truncated_completions": ["true"], "min_beta": ["0.001"],
    "normalize_advantages": ["true"], "num_generations": ["4"], "num_mini_batches": ["2"],
    "reward_aggregation": ["min"], "reward_clip_range": ["-2", "3"], "reward_gold": ["true"],
    "reward_likelihood": ["filtered"], "reward_likelihood_threshold": ["-7"],
    "reward_normalization": ["running"], "reward_timing": ["every_turn"],
    "reward_weights": ["0.5"], "scale_rewards": ["none"], "shuffle": ["false"],
    "steps_per_generation": ["2"], "strict": ["true"], "target_kl": ["0.5"],
    "temperature": ["0.5"], "value_backbone": ["own"], "whiten_rewards": ["true"],
  ]

  private static let watched = ["--eval-prompts", "h"]
  private static let lagrangian = [
    "--beta", "0.5", "--kl-control", "lagrangian", "--kl-target", "5",
  ]

  /// What has an effect only beside another setting.
  private static let company: [String: [String]] = [
    "baseline_decay": ["--baseline", "running"], "eval_steps": watched, "judge_gold": watched,
    "judge_model": watched, "judge_program": watched, "watch_keywords": watched,
    "early_stopping_patience": watched + ["--judge-gold", "true", "--eval-steps", "5"],
    "final_beta": ["--kl-control", "scheduled"], "kl_rate": lagrangian, "kl_target": lagrangian,
    "kl_horizon": ["--beta", "0.5", "--kl-control", "proportional", "--kl-target", "5"],
    "max_beta": lagrangian, "min_beta": lagrangian, "reference_model": ["--beta", "0.5"],
    "reward_lambda": ["--reward-aggregation", "uwo"],
    "reward_likelihood_threshold": ["--reward-likelihood", "scaled"],
    "reward_timeout": ["--reward-program", "p"], "value_model": ["--value-backbone", "own"],
  ]

  private func expectFlags<Flags: OnPolicyFlags>(_: Flags.Type, _ verb: String) throws {
    typealias Configuration = Flags.Configuration
    func resolve(_ arguments: [String]) throws -> Configuration {
      let prepared = try preparedForParsing([verb, "--print-config"] + arguments)
      return try OnPolicySettings<Flags>.parse(Array(prepared.dropFirst()))
        .resolve(isResumed: false)
    }
    for setting in Configuration.settings {
      let source = setting.name == "reward_model" ? ["--reward-gold"] : ["--reward-model", "m"]
      let others = source + (Self.company[setting.name] ?? [])
      let before = try resolve(others)
      let after = try resolve(others + [setting.flag] + (Self.values[setting.name] ?? ["7"]))
      for (before, after) in zip(before.literals, after.literals) {
        let isChanged = before.value != after.value
        #expect(
          isChanged == (before.setting.name == setting.name),
          "\(verb) \(setting.flag): \(before.setting.name)")
      }
    }
    let help = OnPolicySettings<Flags>.helpMessage().split { $0.isWhitespace }
      .joined(separator: " ")
    for (setting, value) in Configuration().literals {
      let note =
        setting.isRequired
        ? " (required, here or in --config)" : value.isSet ? " (default: \(value))" : ""
      #expect(help.contains("\(setting.flag) <\(setting.placeholder)> \(setting.meaning)\(note)"))
    }
  }

  @Test("every setting has a flag, which sets it and no other, and a help")
  func everySetting() throws {
    try expectFlags(GRPOFlags.self, "grpo")
    try expectFlags(RLOOFlags.self, "rloo")
    try expectFlags(PPOFlags.self, "ppo")
    try expectFlags(ReinforceFlags.self, "reinforce")
  }

  @Test("flags of other tools are answered", arguments: ["grpo", "rloo", "ppo", "reinforce"])
  func foreignFlags(verb: String) throws {
    let sampling =
      "what it would draw from is another distribution than the policy's, whose gradient is taken, so "
      + "that every ratio would be wrong; temperature is the only way to change how completions are "
      + "drawn"
    let answers = [
      "--top-k": sampling, "--top-p=0.9": sampling, "--min-p": sampling,
      "--repetition-penalty": sampling,
      "--reward-funcs":
        "give reward_model, reward_program, reward_endpoint, reward_rules or reward_gold",
      "--use-vllm": "completions are sampled by the weights that are trained",
    ]
    for (flag, answer) in answers {
      let error = #expect(throws: ValidationError.self) {
        try preparedForParsing([verb, flag, "1"])
      }
      let name = flag.prefix { $0 != "=" }
      #expect(error?.message == "unknown option '\(name)'; it is not a setting here: \(answer)")
    }
    for (flag, ours) in [
      ("--data", "--prompts"), ("--dataset-name", "--prompts"), ("--kl-coef", "--beta"),
      ("--eval-data", "--eval-prompts"), ("--response-length", "--max-completion-length"),
      ("--per-device-train-batch-size", "--batch-size"),
    ] {
      let error = #expect(throws: ValidationError.self) { try preparedForParsing([verb, flag]) }
      #expect(error?.message == "unknown option '\(flag)'; it is called '\(ours)' here")
    }
  }
}

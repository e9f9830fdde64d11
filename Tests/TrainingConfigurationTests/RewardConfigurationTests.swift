import Testing
import TrainingConfiguration

@Suite("Reward configuration")
struct RewardConfigurationTests {
  /// The message that one change of the defaults gives.
  private func message(_ change: (inout RewardConfiguration) -> Void) -> String? {
    var configuration = RewardConfiguration()
    change(&configuration)
    do {
      try configuration.validate()
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("defaults are TRL's, where TRL has the setting")
  func defaults() {
    // RewardConfig of TRL 1.16.0 and TrainingArguments of transformers 5.23.0; what TRL has not is off,
    // or ours.
    let expected: [String: String] = [
      "backbone": "trained", "head_hidden_size": "256", "head_dropout": "0.1",
      "ensemble_size": "1", "ensemble_type": "heads", "margin": "0.0", "agreement": "weight",
      "ranking_loss": "plackett_luce", "l2_coefficient": "0.0", "smoothness_coefficient": "0.0",
      "smoothness_drop": "0.1", "max_length": "1024", "learning_rate": "0.0001",
      "lr_scheduler_type": "linear", "warmup_steps": "0", "weight_decay": "0.0",
      "adam_beta1": "0.9", "adam_beta2": "0.999", "adam_epsilon": "1e-08", "max_grad_norm": "1.0",
      "epochs": "3", "batch_size": "8", "gradient_accumulation_steps": "1", "seed": "42",
      "shuffle": "true", "strict": "false", "logging_steps": "1", "save_steps": "500",
      "save_total_limit": "2",
    ]
    let literals = RewardConfiguration().literals
    for (setting, value) in literals {
      #expect(value.isSet ? "\(value)" == expected[setting.name] : expected[setting.name] == nil)
    }
    #expect(literals.filter(\.value.isSet).count == expected.count)
    #expect(message { _ in } == nil)
  }

  @Test("settings have distinct names and a meaning of one line")
  func table() {
    let settings = RewardConfiguration.settings
    #expect(Set(settings.map(\.name)).count == settings.count)
    for setting in settings {
      #expect(setting.meaning.hasSuffix("."))
      #expect(!setting.meaning.contains("\n"))
    }
  }

  @Test("numbers out of range are sentences with what is allowed and the default")
  func ranges() {
    #expect(
      message { $0.ensembleSize = 0 }
        == "ensemble_size is 0, but must be at least 1; the default is 1")
    #expect(
      message { $0.margin = -1 } == "margin is -1.0, but must be at least 0; the default is 0.0")
    #expect(
      message { $0.centerRewardsCoefficient = -1 }
        == "center_rewards_coefficient is -1.0, but must be at least 0; leave it out for the default"
    )
    #expect(
      message { $0.l2Coefficient = .infinity }
        == "l2_coefficient is inf, but must be at least 0; the default is 0.0")
    let mlp: (inout RewardConfiguration) -> Void = { $0.headType = .mlp }
    #expect(
      message {
        mlp(&$0)
        $0.headDropout = 1
      } == "head_dropout is 1.0, but must be at least 0 and below 1; the default is 0.1")
    #expect(
      message {
        mlp(&$0)
        $0.headHiddenSize = 0
      } == "head_hidden_size is 0, but must be at least 1; the default is 256")
    #expect(
      message {
        $0.smoothnessCoefficient = 1
        $0.smoothnessDrop = 1
      } == "smoothness_drop is 1.0, but must be above 0 and below 1; the default is 0.1")
  }

  @Test("a setting that would have no effect is refused with the reason")
  func conflicts() {
    #expect(
      message { $0.headHiddenSize = 64 }
        == "head_hidden_size is 64, but head_type is linear, which has no hidden layer; leave it out, "
        + "or use head_type mlp")
    #expect(
      message {
        $0.headType = .linear
        $0.headDropout = 0
      }
        == "head_dropout is 0.0, but head_type is linear, which has no hidden layer; leave it out, or "
        + "use head_type mlp")
    #expect(
      message { $0.ensembleType = .models }
        == "ensemble_type is models, but ensemble_size is 1; give ensemble_size, or leave "
        + "ensemble_type out")
    #expect(
      message { $0.smoothnessDrop = 0.2 }
        == "smoothness_drop is 0.2, but smoothness_coefficient is 0; give smoothness_coefficient, or "
        + "leave smoothness_drop out")
    #expect(
      message { $0.run.evaluationSteps = 5 }
        == "eval_steps is 5, but nothing is held out to evaluate on; give eval_data or eval_fraction, "
        + "or leave eval_steps out")
  }

  @Test("what is about language models has no place beside features")
  func features() {
    func message(_ change: (inout RewardConfiguration) -> Void) -> String? {
      self.message {
        $0.features = ["f.jsonl"]
        change(&$0)
      }
    }
    #expect(message { _ in } == nil)
    for (change, sentence) in [
      ({ $0.model = "m" }, "model is 'm', but features are given, which need no language model"),
      ({ $0.data.files = ["d"] }, "data is 'd', but features are given, which take its place"),
      (
        { $0.data.maxLength = 5 }, "max_length is 5, but features are given, which have no tokens"
      ),
      (
        { $0.backbone = .frozen },
        "backbone is frozen, but features are given, which need no language model"
      ),
      ({ $0.headType = .linear }, "head_type is linear, but features are given, which take an mlp"),
      (
        { $0.rankingLoss = .allPairs },
        "ranking_loss is all_pairs, but features are given, which are judged in pairs"
      ),
      (
        { $0.smoothnessCoefficient = 1 },
        "smoothness_coefficient is 1.0, but features are given, which have no perturbed copies"
      ),
    ] as [((inout RewardConfiguration) -> Void, String)] {
      #expect(message(change) == "\(sentence); leave one of them out")
    }
    #expect(
      message {
        $0.headType = .mlp
        $0.headHiddenSize = 8
        $0.headDropout = 0
        $0.ensembleSize = 3
        $0.data.evaluationFiles = ["e"]
      } == nil)
  }

  @Test("a run needs model and data, or features")
  func required() {
    func missing(_ change: (inout RewardConfiguration) -> Void) -> String? {
      var configuration = RewardConfiguration()
      configuration.run.directory = "run"
      change(&configuration)
      do {
        try configuration.validateForRun()
        return nil
      } catch {
        return "\(error)"
      }
    }
    #expect(
      missing { _ in } == """
        model is not set: give --model directory
        data is not set: give --data file
        """)
    #expect(missing { $0.features = ["f.jsonl"] } == nil)
    #expect(
      missing {
        $0.model = "m"
        $0.data.files = ["d"]
      } == nil)
  }
}

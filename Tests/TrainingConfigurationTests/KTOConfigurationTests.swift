import Objectives
import Testing
import TrainingConfiguration

@Suite("KTO configuration")
struct KTOConfigurationTests {
  /// The message that one change of the defaults gives.
  private func message(_ change: (inout KTOConfiguration) -> Void) -> String? {
    var configuration = KTOConfiguration()
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
    // KTOConfig of TRL 1.16.0 and TrainingArguments of transformers 5.23.0; TRL keeps the order of the
    // file, and bco_shift, logging_steps and save_total_limit are ours.
    let expected: [String: String] = [
      "beta": "0.1", "loss_type": "kto", "desirable_weight": "1.0", "undesirable_weight": "1.0",
      "bco_shift": "class_means", "max_length": "1024", "learning_rate": "1e-06",
      "lr_scheduler_type": "linear", "warmup_steps": "0", "weight_decay": "0.0",
      "adam_beta1": "0.9", "adam_beta2": "0.999", "adam_epsilon": "1e-08", "max_grad_norm": "1.0",
      "epochs": "3", "batch_size": "8", "gradient_accumulation_steps": "1", "seed": "42",
      "shuffle": "true", "strict": "false", "logging_steps": "1", "save_steps": "500",
      "save_total_limit": "2",
    ]
    let literals = KTOConfiguration().literals
    for (setting, value) in literals {
      #expect(value.isSet ? "\(value)" == expected[setting.name] : expected[setting.name] == nil)
    }
    #expect(literals.filter(\.value.isSet).count == expected.count)
    #expect(message { _ in } == nil)
  }

  @Test("settings have distinct names and a meaning of one line")
  func table() {
    let settings = KTOConfiguration.settings
    #expect(Set(settings.map(\.name)).count == settings.count)
    for setting in settings {
      #expect(setting.meaning.hasSuffix("."))
      #expect(!setting.meaning.contains("\n"))
    }
  }

  @Test("each loss type is a loss of its own, with its parameters")
  func loss() {
    var configuration = KTOConfiguration()
    configuration.beta = 0.3
    configuration.desirableWeight = 1.5
    configuration.undesirableWeight = 0.75
    for (choice, kind) in [
      (.kto, .kto), (.apoZeroUnpaired, .apoZeroUnpaired), (.bco, .bco),
    ] as [(KTOLossChoice, KTOLoss.Kind)] {
      configuration.lossType = choice
      #expect(
        configuration.loss
          == KTOLoss(beta: 0.3, desirableWeight: 1.5, undesirableWeight: 0.75, kind: kind))
      #expect(choice.rawValue == kind.rawValue)
    }
  }

  @Test("numbers out of range are sentences with what is allowed and the default")
  func ranges() {
    #expect(message { $0.beta = 0 } == "beta is 0.0, but must be above 0; the default is 0.1")
    #expect(
      message { $0.desirableWeight = -1 }
        == "desirable_weight is -1.0, but must be at least 0; the default is 1.0")
    #expect(
      message { $0.undesirableWeight = .nan }
        == "undesirable_weight is nan, but must be at least 0; the default is 1.0")
    #expect(message { $0.desirableWeight = 0 } == nil)
  }

  @Test("two weights of 0 leave nothing to learn")
  func weights() {
    #expect(
      message {
        $0.desirableWeight = 0
        $0.undesirableWeight = 0
      } == "desirable_weight and undesirable_weight are both 0, so there is nothing to minimise; "
        + "give at least one of them a weight above 0")
  }

  @Test("bco_shift is for bco", arguments: [KTOLossChoice.kto, .apoZeroUnpaired])
  func shift(loss: KTOLossChoice) {
    #expect(
      message {
        $0.lossType = loss
        $0.bcoShift = .pooled
      } == "bco_shift is pooled, but loss_type \(loss.rawValue) does not use it; leave it out, or "
        + "use it with bco")
    #expect(
      message {
        $0.lossType = .bco
        $0.bcoShift = .pooled
      } == nil)
  }

  @Test("a step of one row has no mismatched completion")
  func singleRow() {
    #expect(
      message { $0.batches.batchSize = 1 }
        == "batch_size is 1 and so is gradient_accumulation_steps, but loss_type kto compares each "
        + "prompt with the completion of another row of the step; give a larger batch_size, or use "
        + "loss_type apo_zero_unpaired or bco")
    #expect(
      message {
        $0.batches.batchSize = 1
        $0.batches.accumulationSteps = 2
      } == nil)
    for loss in [KTOLossChoice.apoZeroUnpaired, .bco] {
      #expect(
        message {
          $0.lossType = loss
          $0.batches.batchSize = 1
        } == nil)
    }
  }

  @Test("evaluation needs held-out records, as everywhere")
  func evaluation() {
    #expect(
      message { $0.run.evaluationSteps = 10 }
        == "eval_steps is 10, but nothing is held out to evaluate on; "
        + "give eval_data or eval_fraction, or leave eval_steps out")
    #expect(
      message {
        $0.data.evaluationFiles = ["held-out.jsonl"]
        $0.data.evaluationFraction = 0.1
      } == "eval_fraction is 0.1, but eval_data is given as well; leave one of them out")
  }

  @Test("other names of the loss are answered with the ones there are")
  func names() {
    #expect(KTOLossChoice(rawValue: "apo_zero_unpaired") == .apoZeroUnpaired)
    #expect(KTOLossChoice.allCases.map(\.rawValue) == ["kto", "apo_zero_unpaired", "bco"])
    #expect(BCOShiftChoice.allCases.map(\.rawValue) == ["class_means", "pooled"])
  }
}

import Foundation
import Objectives
import Testing
import TrainingConfiguration

@Suite("DPO configuration")
struct DPOConfigurationTests {
  @Test("defaults are TRL's, where TRL has the setting")
  func defaults() {
    // DPOConfig and CPOConfig of TRL 1.16.0 and TrainingArguments of transformers 5.23.0;
    // agreement, logging_steps and save_total_limit are ours.
    let expected: [String: String] = [
      "beta": "0.1", "loss_type": "sigmoid", "label_smoothing": "0.0", "max_length": "1024",
      "agreement": "weight",
      "learning_rate": "1e-06", "lr_scheduler_type": "linear", "warmup_steps": "0",
      "weight_decay": "0.0", "adam_beta1": "0.9", "adam_beta2": "0.999", "adam_epsilon": "1e-08",
      "f_divergence_type": "reverse_kl", "f_alpha_divergence_coef": "0.5",
      "use_weighting": "false", "discopop_tau": "0.05", "cpo_alpha": "1.0", "simpo_gamma": "0.5",
      "save_steps": "500", "save_total_limit": "2",
      "max_grad_norm": "1.0", "epochs": "3", "batch_size": "8", "gradient_accumulation_steps": "1",
      "seed": "42", "shuffle": "true", "strict": "false", "logging_steps": "1",
    ]
    let literals = DPOConfiguration().literals
    for (setting, value) in literals {
      #expect(value.isSet ? "\(value)" == expected[setting.name] : expected[setting.name] == nil)
    }
    #expect(literals.filter(\.value.isSet).count == expected.count)
  }

  @Test("settings have distinct names and a meaning of one line")
  func table() {
    let settings = DPOConfiguration.settings
    #expect(settings.count == 42)
    #expect(Set(settings.map(\.name)).count == settings.count)
    for setting in settings {
      #expect(setting.name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" })
      #expect(setting.meaning.hasSuffix("."))
      #expect(!setting.meaning.contains("\n"))
    }
  }

  @Test("loss_type and label_smoothing make the loss")
  func loss() {
    var configuration = DPOConfiguration()
    configuration.beta = 0.3
    configuration.labelSmoothing = 0.1
    #expect(
      configuration.loss == DPOLoss(beta: 0.3, variant: .sigmoid(labelSmoothing: 0.1)))
    configuration.labelSmoothing = 0
    configuration.lossTypes = [.ipo]
    #expect(configuration.loss == DPOLoss(beta: 0.3, variant: .ipo()))
  }

  @Test(
    "each choice is a loss of its own, with its parameters",
    arguments: [
      (.sigmoid, .sigmoid(labelSmoothing: 0.2, divergence: .alpha(0.25))),
      (.sigmoidNorm, .sigmoidNorm(divergence: .alpha(0.25))),
      (.hinge, .hinge(divergence: .alpha(0.25))), (.ipo, .ipo(divergence: .alpha(0.25))),
      (.exoPair, .exoPair(labelSmoothing: 0.2, divergence: .alpha(0.25))), (.ncaPair, .ncaPair),
      (.robust, .robust(labelSmoothing: 0.2, divergence: .alpha(0.25))), (.bcoPair, .bcoPair),
      (.sppoHard, .sppoHard), (.aot, .aot(labelSmoothing: 0.2)),
      (.aotUnpaired, .aotUnpaired(labelSmoothing: 0.2)), (.apoZero, .apoZero),
      (.apoDown, .apoDown), (.discopop, .discopop(temperature: 0.7, divergence: .alpha(0.25))),
      (.sft, .likelihood), (.simpo, .simpo(margin: 1.5, labelSmoothing: 0.2)),
      (.cpo, .cpo(labelSmoothing: 0.2, likelihoodWeight: 0.5)), (.orpo, .orpo),
    ] as [(DPOLossChoice, DPOVariant)])
  func variant(choice: DPOLossChoice, variant: DPOVariant) {
    var configuration = DPOConfiguration()
    configuration.lossTypes = [choice]
    configuration.labelSmoothing = 0.2
    configuration.fDivergenceType = .alpha
    configuration.fAlphaDivergenceCoefficient = 0.25
    configuration.discopopTau = 0.7
    configuration.simpoGamma = 1.5
    configuration.cpoAlpha = 0.5
    #expect(configuration.loss == DPOLoss(beta: 0.1, variant: variant))
  }

  @Test("divergences by their names")
  func divergences() {
    var configuration = DPOConfiguration()
    let expected: [(DivergenceChoice, FDivergence)] = [
      (.reverseKL, .reverseKL), (.forwardKL, .forwardKL), (.jensenShannon, .jensenShannon),
      (.alpha, .alpha(0.5)),
    ]
    for (choice, divergence) in expected {
      configuration.fDivergenceType = choice
      #expect(configuration.loss == DPOLoss(beta: 0.1, variant: .sigmoid(divergence: divergence)))
    }
  }

  @Test("several losses have the weights in their order, or 1 each")
  func mixture() {
    var configuration = DPOConfiguration()
    configuration.lossTypes = [.sigmoid, .bcoPair, .sft]
    #expect(
      configuration.loss
        == DPOLoss(beta: 0.1, parts: [.init(.sigmoid()), .init(.bcoPair), .init(.likelihood)]))
    configuration.lossWeights = [0.8, 0.2, 1]
    #expect(configuration.loss.parts.map(\.weight) == [0.8, 0.2, 1])
  }

  @Test("ld_alpha makes the length desensitization")
  func lengths() {
    var configuration = DPOConfiguration()
    #expect(configuration.lengthDesensitization == nil)
    configuration.ldAlpha = 0.5
    #expect(configuration.lengthDesensitization == LengthDesensitization(alpha: 0.5))
  }

  @Test("lr_scheduler_type and warmup_steps make the schedule")
  func schedule() {
    var optimizer = OptimizerConfiguration(learningRate: 1)
    optimizer.warmupSteps = 2
    #expect(optimizer.schedule(totalSteps: 9) == .linear(warmupSteps: 2, totalSteps: 9))
    optimizer.schedule = .cosine
    #expect(optimizer.schedule(totalSteps: 9) == .cosine(warmupSteps: 2, totalSteps: 9))
    optimizer.schedule = .constant
    #expect(optimizer.schedule(totalSteps: 9) == .constant(warmupSteps: 2))
  }

  @Test("the optimizer batch is batch size times accumulation")
  func itemsPerStep() {
    var batches = BatchConfiguration()
    batches.batchSize = 6
    batches.accumulationSteps = 4
    #expect(batches.itemsPerStep == 24)
  }
}

@Suite("DPO configuration: checks")
struct DPOConfigurationCheckTests {
  /// The message that one change of the defaults gives.
  private func message(_ change: (inout DPOConfiguration) -> Void) -> String? {
    var configuration = DPOConfiguration()
    change(&configuration)
    do {
      try configuration.validate()
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("numbers of a list are checked each, and a range may be closed")
  func listRanges() {
    #expect(
      message {
        $0.lossTypes = [.ipo, .sft]
        $0.lossWeights = [1, -0.5]
      } == "loss_weights is 1.0, -0.5, but must be at least 0; leave it out for the default")
    #expect(
      message { $0.ldAlpha = 1.5 }
        == "ld_alpha is 1.5, but must be from 0 to 1; leave it out for the default")
  }

  @Test("numbers out of range are sentences with what is allowed and the default")
  func ranges() {
    #expect(
      message { $0.beta = 0 } == "beta is 0.0, but must be above 0; the default is 0.1")
    #expect(
      message { $0.beta = .nan } == "beta is nan, but must be above 0; the default is 0.1")
    #expect(
      message { $0.labelSmoothing = 0.5 }
        == "label_smoothing is 0.5, but must be at least 0 and below 0.5; the default is 0.0")
    #expect(
      message { $0.data.evaluationFraction = 1 }
        == "eval_fraction is 1.0, but must be above 0 and below 1; leave it out for the default")
    #expect(
      message { $0.batches.epochs = 0 } == "epochs is 0, but must be at least 1; the default is 3")
    #expect(
      message { $0.optimizer.learningRate = .infinity }
        == "learning_rate is inf, but must be above 0; the default is 1e-06")
    #expect(
      message { $0.run.directory = "" }
        == "out is '', but must be a text that is not empty; leave it out for the default")
    #expect(
      message { $0.data.files = ["a", ""] }
        == "data is 'a', '', but must be a list of texts that are not empty; "
        + "leave it out for the default")
  }

  @Test(
    "every number has a limit on the low side",
    arguments: [
      { $0.data.maxLength = 1 }, { $0.optimizer.warmupSteps = -1 },
      { $0.optimizer.weightDecay = -0.1 }, { $0.optimizer.adamBeta1 = 1 },
      { $0.optimizer.adamBeta2 = -0.5 }, { $0.optimizer.adamEpsilon = 0 },
      { $0.optimizer.maxGradNorm = -1 }, { $0.batches.maxSteps = 0 }, { $0.batches.batchSize = 0 },
      { $0.batches.accumulationSteps = 0 }, { $0.batches.microBatchSize = 0 },
      { $0.run.seed = -1 },
      {
        $0.run.evaluationSteps = 0; $0.data.evaluationFraction = 0.1
      },
      { $0.run.loggingSteps = 0 }, { $0.run.threads = 0 }, { $0.run.saveSteps = -1 },
      { $0.run.saveTotalLimit = 0 }, { $0.discopopTau = 0 }, { $0.cpoAlpha = -0.1 },
      { $0.simpoGamma = -1 }, { $0.ldAlpha = -0.1 }, { $0.lossWeights = [-1] },
      { $0.fAlphaDivergenceCoefficient = .nan },
    ] as [@Sendable (inout DPOConfiguration) -> Void])
  func lowerLimits(change: @Sendable (inout DPOConfiguration) -> Void) {
    #expect(message(change)?.contains("but must be") == true)
  }

  @Test("what is allowed at the limit passes")
  func limits() {
    #expect(
      message {
        $0.optimizer.maxGradNorm = 0
        $0.optimizer.adamBeta1 = 0
        $0.labelSmoothing = 0.49
        $0.batches.maxSteps = 1
        $0.data.maxLength = 2
      } == nil)
  }

  @Test("evaluation needs held-out records, from one source")
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
    #expect(
      message {
        $0.run.evaluationSteps = 10
        $0.data.evaluationFraction = 0.1
      } == nil)
  }

  @Test("all problems are told together, what a run needs among them")
  func together() throws {
    var configuration = DPOConfiguration()
    configuration.beta = -1
    configuration.model = "m"
    let error = try #require(throws: SettingProblems.self) { try configuration.validateForRun() }
    #expect(
      error.description == """
        data is not set: give --data file
        out is not set: give --out directory
        beta is -1.0, but must be above 0; the default is 0.1
        """)
    #expect(error.problems.map(\.setting) == ["data", "out", "beta"])
  }
}

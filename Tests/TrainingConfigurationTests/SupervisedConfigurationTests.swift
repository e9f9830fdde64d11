import Objectives
import Testing

@testable import TrainingConfiguration

@Suite("Supervised configuration")
struct SupervisedConfigurationTests {
  /// The message that one change of the defaults gives.
  private func message(_ change: (inout SupervisedConfiguration) -> Void) -> String? {
    var configuration = SupervisedConfiguration()
    change(&configuration)
    do {
      try configuration.validate()
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("the defaults are those of TRL's SFTConfig")
  func defaults() {
    let configuration = SupervisedConfiguration()
    #expect(configuration.optimizer.learningRate == 2e-5)
    #expect(configuration.batches.epochs == 3)
    #expect(configuration.batches.batchSize == 8)
    #expect(configuration.data.maxLength == 1024)
    #expect(configuration.completionOnlyLoss == nil)
    #expect(configuration.loss == SupervisedLoss())
    #expect(message { _ in } == nil)
  }

  @Test("those of pretraining are for a model that starts from nothing")
  func pretraining() throws {
    let configuration = PretrainingConfiguration()
    #expect(configuration.optimizer.learningRate == 1e-3)
    #expect(configuration.optimizer.schedule == .cosine)
    #expect(configuration.optimizer.warmupSteps == 100)
    #expect(configuration.optimizer.weightDecay == 0.1)
    #expect(configuration.optimizer.adamBeta2 == 0.95)
    #expect(configuration.batches.epochs == 1)
    #expect(configuration.batches.batchSize == 32)
    #expect(configuration.data.maxLength == 512)
    try configuration.validate()
    let length = PretrainingConfiguration.settings.filter { $0.name == "max_length" }
    #expect(length.map(\.meaning).count == 1)
    #expect(length[0].meaning.hasPrefix("Tokens of a block"))
  }

  @Test("the loss has what the settings say")
  func loss() {
    var configuration = SupervisedConfiguration()
    configuration.labelSmoothing = 0.1
    configuration.lengthPenalty = 0.2
    configuration.repetitionPenalty = 0.3
    #expect(
      configuration.loss
        == SupervisedLoss(labelSmoothing: 0.1, lengthPenalty: 0.2, repetitionPenalty: 0.3))
    configuration.labelSmoothing = 0
    configuration.lossType = .dynamic
    #expect(
      configuration.loss
        == SupervisedLoss(kind: .dynamic, lengthPenalty: 0.2, repetitionPenalty: 0.3))
  }

  @Test("numbers out of range")
  func limits() {
    #expect(
      message { $0.labelSmoothing = 1 }
        == "label_smoothing is 1.0, but must be at least 0 and below 1; the default is 0.0")
    #expect(
      message { $0.lengthPenalty = -0.5 }
        == "length_penalty is -0.5, but must be at least 0; the default is 0.0")
    #expect(
      message { $0.repetitionPenalty = .infinity }
        == "repetition_penalty is inf, but must be at least 0; the default is 0.0")
  }

  @Test("dft knows no label smoothing")
  func smoothing() {
    #expect(
      message {
        $0.lossType = .dynamic
        $0.labelSmoothing = 0.1
      }
        == "label_smoothing is 0.1, but loss_type dft does not use it; leave it out, or use it with "
        + "nll")
  }

  @Test("one setting says which tokens are learned", arguments: [false, true])
  func masks(completionOnly: Bool) {
    #expect(
      message {
        $0.assistantOnlyLoss = true
        $0.completionOnlyLoss = completionOnly
      }
        == "completion_only_loss is \(completionOnly), but assistant_only_loss is true and says which "
        + "tokens are learned, in prompts too; leave one of them out")
    #expect(message { $0.assistantOnlyLoss = true } == nil)
    #expect(message { $0.completionOnlyLoss = completionOnly } == nil)
  }

  @Test("what would have no effect is said of the shared settings too")
  func shared() {
    #expect(
      message { $0.run.earlyStoppingPatience = 2 }
        == "early_stopping_patience is 2, but nothing is held out to evaluate on; give eval_data or "
        + "eval_fraction, or leave early_stopping_patience out")
    var pretraining = PretrainingConfiguration()
    pretraining.data.evaluationFiles = ["held.jsonl"]
    pretraining.data.evaluationFraction = 0.1
    #expect(throws: SettingProblems.self) { try pretraining.validate() }
  }

  @Test("names of other tools are answered with ours")
  func foreign() {
    let names = SupervisedConfiguration.settings.map(\.name)
    #expect(
      unknownSetting("label_smoothing_factor", known: names).message
        == "unknown setting 'label_smoothing_factor'; it is called 'label_smoothing' here")
    #expect(
      unknownSetting("max_seq_length", known: names).message
        == "unknown setting 'max_seq_length'; it is called 'max_length' here")
    #expect(
      unknownSetting("train_on_inputs", known: names).message
        == "unknown setting 'train_on_inputs'; it is not a setting here: completion_only_loss false "
        + "learns prompts too")
    #expect(
      unknownSetting("packing", known: names).message
        == "unknown setting 'packing'; it is not a setting here: batches are always packed")
  }
}

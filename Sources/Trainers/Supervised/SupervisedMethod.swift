internal import Objectives
internal import Tokenization
internal import TrainingConfiguration

/// What supervised fine-tuning and pretraining differ in: all else is one plan and one method.
struct SupervisedMethod {
  /// The verb, for checkpoints.
  let name: String
  /// What is minimised.
  let loss: SupervisedLoss
  /// Whether all of a text is learned.
  let learnsWholeTexts: Bool
  /// How texts become sequences.
  let tokenization: any TextTokenization

  /// Supervised fine-tuning.
  init(
    _ configuration: SupervisedConfiguration, _ tokenizer: Tokenizer, directory: String
  ) throws(TrainingError) {
    name = "sft"
    loss = configuration.loss
    learnsWholeTexts = false
    tokenization = try DemonstrationTokenization(
      tokenizer: tokenizer, directory: directory,
      mask: DemonstrationTokenization.Mask(configuration),
      maxLength: configuration.data.maxLength)
  }

  /// Pretraining.
  init(
    _ configuration: PretrainingConfiguration, _ tokenizer: Tokenizer, directory: String
  ) throws(TrainingError) {
    name = "pretrain"
    loss = SupervisedLoss()
    learnsWholeTexts = true
    tokenization = try BlockTokenization(
      tokenizer: tokenizer, directory: directory, length: configuration.data.maxLength)
  }
}

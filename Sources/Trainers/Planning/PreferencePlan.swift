public import LanguageModels
internal import PreferenceData
internal import Tokenization
public import TrainingConfiguration

/// What a run on preference pairs will do, laid out before a weight is read.
///
/// Training starts from such a plan, so what `attune plan` tells is what training does.
public struct PreferencePlan: Sendable {
  /// The settings.
  public let configuration: DPOConfiguration
  /// The pairs.
  public let data: PreferenceDataset
  /// The shape of the model that is trained.
  public let model: TransformerConfiguration
  /// Which pairs each step sees.
  public let order: VisitOrder
  /// What a person should know about the data, as sentences.
  public let notes: [String]
  let objective: PairObjective
  var microbatches: Microbatches

  /// Reads the data and the models' configurations, and checks that they fit each other.
  ///
  /// - Parameter configuration: A configuration with a model and data.
  /// - Throws: Errors of the data and of the models, or ``TrainingError``.
  public init(_ configuration: DPOConfiguration) throws {
    guard let directory = configuration.model else {
      preconditionFailure("a configuration without a model")
    }
    let tokenizer = try Tokenizer(directory: directory)
    let data = try PreferenceDataset(configuration, tokenizer: tokenizer)
    let objective = PairObjective(configuration)
    notes = [try data.check(for: objective)].compactMap(\.self)
    for directory in Set([directory, configuration.referenceModel ?? directory]).sorted() {
      let model = try TransformerConfiguration(directory: directory)
      guard tokenizer.vocabularySize <= model.vocabularySize else {
        throw TrainingError.vocabulary(
          directory: directory, tokenizer: tokenizer.vocabularySize, model: model.vocabularySize)
      }
      try model.check(longestSequence: data.longestSequence)
    }
    self.configuration = configuration
    self.data = data
    self.objective = objective
    model = try TransformerConfiguration(directory: directory)
    order = VisitOrder(
      count: data.training.pairs.count, itemsPerStep: configuration.batches.itemsPerStep,
      epochs: configuration.batches.epochs, maxSteps: configuration.batches.maxSteps,
      shuffledBy: configuration.data.shuffle
        ? SeededGenerator(seed: UInt64(configuration.run.seed)) : nil)
    microbatches = Microbatches(size: configuration.batches.microBatchSize, for: model)
  }
}

/// How much of everything `attune quickstart` makes and trains on.
public struct QuickstartRecipe: Codable, Equatable, Sendable {
  /// How long the pipeline may take.
  public enum Size: String, Codable, Sendable {
    /// Minutes: enough that every difference shows.
    case full
    /// Less than a minute: the same steps with less of everything.
    case quick
  }

  /// How long it may take.
  public let size: Size
  /// Decides every draw: data, weights, orders, samples.
  public let seed: UInt64

  /// A recipe.
  ///
  /// - Parameters:
  ///   - size: How long it may take.
  ///   - seed: Decides every draw.
  public init(size: Size, seed: UInt64) {
    self.size = size
    self.seed = seed
  }

  /// Tokens of the vocabulary.
  var vocabulary: Int { 1024 }
  /// Texts that the base model learns the language from.
  var texts: Int { size == .full ? 24_000 : 8_000 }
  /// How often it reads them.
  var textEpochs: Int { size == .full ? 2 : 1 }
  /// Good answers among what the base model is fine-tuned on.
  var demonstrations: Int { size == .full ? 800 : 500 }
  /// Answers as they come, good and bad, among it.
  var casualAnswers: Int { size == .full ? 1200 : 700 }
  /// Pairs that annotators have judged.
  var pairs: Int { size == .full ? 4000 : 1600 }
  /// The share of judgments that are turned round.
  var labelNoise: Double { 0.05 }
  /// Pairs that are held out, judged without error.
  var heldOutPairs: Int { size == .full ? 500 : 300 }
  /// Prompts that PPO practises on.
  var prompts: Int { 2000 }
  /// Prompts that all models answer in the end.
  var heldOutPrompts: Int { size == .full ? 400 : 200 }
  /// Steps of PPO, of 64 completions each.
  var policySteps: Int { size == .full ? 60 : 30 }
  /// Tokens of an answer at most.
  var answerLength: Int { 48 }
}

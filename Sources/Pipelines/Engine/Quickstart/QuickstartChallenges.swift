internal import Foundation
internal import LanguageModels
internal import PreferenceData
internal import Sampling
internal import Sandbox
internal import Tokenization

/// What models answer to the same few prompts, in their likeliest words.
struct QuickstartChallenges {
  let recipe: QuickstartRecipe
  let layout: QuickstartLayout

  /// The prompts.
  var prompts: [ChallengePrompt] { SandboxWorld().challenges(seed: recipe.seed) }

  /// The answers of the model that a stage has made.
  ///
  /// - Parameter stage: A stage that makes a language model.
  /// - Returns: An answer to each prompt.
  /// - Throws: `ModelError`, `TokenizerError` or `EngineError`.
  func answers(of stage: QuickstartStage) throws -> [String] {
    let directory = layout.run(stage)
    let sampler = Sampler(
      model: try CausalLanguageModel(directory: directory),
      tokenizer: try Tokenizer(directory: directory),
      parameters: SamplingParameters(choice: .greedy, maxNewTokens: recipe.answerLength),
      ends: try EndsOfSequence(directory: directory).ids)
    return try sampler.completions(of: prompts.map(\.text)).map {
      $0[0].text.trimmingCharacters(in: .whitespaces)
    }
  }
}

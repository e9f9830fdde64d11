import Pipelines
import PreferenceData

/// Answers whose scores are known.
struct ScriptedComparison {
  var prompts: [ComparedPrompt]
  var models: [ComparedModel]

  /// Models with one score a completion, and texts that differ.
  ///
  /// - Parameters:
  ///   - scores: By model, prompt and completion.
  ///   - prompts: The prompts; made up where there are none.
  init(_ scores: KeyValuePairs<String, [[Double]]>, prompts: [ComparedPrompt]? = nil) {
    models = scores.map { name, scores in
      ComparedModel(
        name: name, directory: "runs/\(name)",
        completions: scores.enumerated().map { prompt, scores in
          scores.enumerated().map { place, score in
            var completion = ComparedCompletion("\(name) \(prompt) \(place)", tokens: 5)
            completion.score = score
            return completion
          }
        })
    }
    self.prompts =
      prompts
      ?? models[0].completions.indices.map {
        ComparedPrompt("prompt \($0)", source: SourceLocation(file: "p.jsonl", line: $0 + 1))
      }
  }

  var answers: ComparedAnswers { ComparedAnswers(prompts: prompts, models: models, judge: "gold") }

  /// The result beside the first model.
  func result(baseline: Int = 0, seed: UInt64 = 0) -> ModelComparisonResult {
    Self.result(answers, baseline: baseline, seed: seed)
  }

  static func result(
    _ answers: ComparedAnswers, baseline: Int = 0, seed: UInt64 = 0
  ) -> ModelComparisonResult {
    ModelComparisonResult(
      answers, baseline: baseline, data: ["p.jsonl"],
      sampling: .init(
        temperature: 1, maxNewTokens: 8,
        completions: answers.models[0].completions[0].count, seed: seed))
  }
}

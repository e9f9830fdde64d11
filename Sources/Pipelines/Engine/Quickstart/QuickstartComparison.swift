internal import Foundation
internal import Reports
internal import RunRecords
internal import Sampling

/// How the models of a quickstart compare: all answer the held-out prompts once, and the sandbox's judge
/// decides.
struct QuickstartComparison {
  let recipe: QuickstartRecipe
  let layout: QuickstartLayout

  /// Compares, and leaves the result in its file and in the runs of the aligned models.
  ///
  /// - Parameter observe: Told what is done, and how much of it; may throw to stop.
  /// - Returns: What was found, in a few words.
  /// - Throws: What `observe` throws, and what is wrong with a model.
  func run(
    _ observe: (_ activity: String, _ done: Int, _ total: Int) throws -> Void
  ) throws -> [String] {
    var comparison = ModelComparison(
      models: QuickstartStage.models.map { .init($0.rawValue, at: layout.run($0)) },
      prompts: try ComparedPrompt.read([layout.heldOutPrompts]), judge: .gold)
    comparison.data = [layout.heldOutPrompts]
    comparison.furtherJudges = [.reward(layout.run(.reward))]
    comparison.baseline = QuickstartStage.sft.rawValue
    comparison.reference = layout.run(.sft)
    comparison.sampling = SamplingParameters(
      choice: .temperature(1), maxNewTokens: recipe.answerLength, seed: recipe.seed)
    var result = try comparison.run { try observe($0.activity, $0.done, $0.total) }.result
    try AtomicFile.write(JSONEncoder().encode(result), to: layout.comparison)
    for stage in [QuickstartStage.dpo, .ppo] {
      result.subject = stage.rawValue
      let run = layout.run(stage)
      try RunEvaluations(ofRunAt: run).keep(try JSONLine.text(of: result), as: .compare)
      RunReportFile.write(in: run)
    }
    return result.models.compactMap { model in
      model.score.map {
        "gold of \(model.name) \(NumberLabel.fixed($0.value, decimals: 3))"
      }
    }
  }

  /// The result that ``run(_:)`` has left.
  ///
  /// - Returns: The result.
  /// - Throws: ``QuickstartError/broken(path:)``.
  func result() throws -> ModelComparisonResult {
    do {
      return try JSONDecoder().decode(
        ModelComparisonResult.self, from: Data(contentsOf: URL(filePath: layout.comparison)))
    } catch {
      throw QuickstartError.broken(path: layout.comparison)
    }
  }
}

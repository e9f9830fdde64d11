internal import Foundation
internal import Reports
internal import Trainers

/// What the reward model of a quickstart is worth on pairs that it has not seen, judged without error.
struct QuickstartRewardQuality {
  let recipe: QuickstartRecipe
  let layout: QuickstartLayout

  /// Measures, and keeps the result in the run of the reward model.
  ///
  /// - Parameter observe: Told what is done, and how much of it; may throw to stop.
  /// - Returns: What was found, in a few words.
  /// - Throws: What `observe` throws, and what is wrong with the model or the pairs.
  func measure(
    _ observe: (_ activity: String, _ done: Int, _ total: Int) throws -> Void
  ) throws -> [String] {
    let directory = layout.run(.reward)
    var evaluation = RewardEvaluation(
      model: directory,
      data: .init(files: [layout.heldOutPairs], content: try JudgedData([layout.heldOutPairs])))
    evaluation.probes = .none
    evaluation.seed = recipe.seed
    let scorer = RewardModelScorer(try RewardScoring(directory: directory))
    let result = try evaluation.run(by: scorer) { try observe($0.activity, $0.done, $0.total) }
    try RunEvaluations(ofRunAt: directory).keep(try JSONLine.text(of: result), as: .reward)
    let accuracy = result.accuracy.accuracy
    let error = result.calibration.map {
      "expected calibration error \(NumberLabel.fixed($0.all.expectedCalibrationError, decimals: 3))"
    }
    return [
      "agrees with \(accuracy.percent) of \(accuracy.count) held-out pairs (\(accuracy.range))",
      error,
    ].compactMap { $0 }
  }
}

internal import Foundation
internal import TrainingConfiguration

extension LoopWork {
  /// The project's settings that decide what a stage comes to, as text.
  func settings(of stage: LoopStage) throws -> String {
    switch stage {
    case .data:
      return [
        "name \(project.name)", "feedback \(project.feedback ?? "")",
        "annotations \(project.annotations)", "data \(project.data)",
        "prompts \(project.prompts ?? "")", "minimum_pairs \(project.minimumPairs)",
        "held_out \(project.heldOut)", "seed \(project.seed)",
        "method \(project.training.method.rawValue)",
      ].joined(separator: "\n")
    case .reward:
      return Self.text(of: configurations.reward)
        + (project.training.isOnPolicy ? Self.text(of: configurations.judge) : "")
    case .training:
      return project.training.method.rawValue + "\n" + Self.text(of: training.settings)
    case .gate:
      let sampling = project.sampling
      let criteria = project.gate.criteria.map {
        "\($0.metric.rawValue) \($0.threshold) \($0.isRequired) \($0.isConfident)"
      }
      return
        (["judge \(project.judge.rawValue)", "\(sampling.maxNewTokens)", "\(sampling.temperature)"]
        + ["\(sampling.completions)", "\(configurations.gateSeed)"] + criteria)
        .joined(separator: "\n")
    case .candidate:
      return try environment.planText(project.canary)
    }
  }

  /// Every setting with its value.
  private static func text(of settings: some TrainingSettings) -> String {
    settings.literals.map { "\($0.setting.name) \($0.value)\n" }.joined()
  }
}

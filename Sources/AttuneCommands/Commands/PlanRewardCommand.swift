import ArgumentParser
import Trainers
import TrainingConfiguration

/// `attune plan reward`: what `attune reward` would do with the same arguments.
struct PlanRewardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reward", abstract: "Plan a run of `attune reward` with the same arguments.")

  @OptionGroup var settings: RewardSettings
  @OptionGroup var existingRun: ExistingRunFlags

  @Flag(help: "Print one JSON object instead of the list.")
  var json = false

  func run() throws {
    let configuration = try settings.resolve(isResumed: existingRun.resume, except: ["out"])
    if settings.configuration.prints(configuration) { return }
    if configuration.ensembleType == .models, configuration.ensembleSize > 1 {
      StandardStream.error.writeLine(
        "attune: a plan of one of \(configuration.ensembleSize) models, which are trained one after "
          + "another")
    }
    let session = PlanSession(
      configuration: configuration, existing: existingRun.choice, unit: "pairs", json: json)
    if configuration.features.isEmpty {
      try session.show { try RewardPlan($0) }
    } else {
      try session.show { try FeatureRewardPlan($0) }
    }
  }
}

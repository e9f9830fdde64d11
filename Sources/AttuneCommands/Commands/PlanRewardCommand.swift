import ArgumentParser
import Trainers

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
    try PlanSession(
      configuration: configuration, existing: existingRun.choice, unit: "pairs", json: json
    ).show { try RewardPlan($0) }
  }
}

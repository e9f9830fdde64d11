import ArgumentParser
import Trainers

/// `attune plan sft`: what `attune sft` would do with the same arguments.
struct PlanSFTCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sft", abstract: "Plan a run of `attune sft` with the same arguments.")

  @OptionGroup var settings: SupervisedSettings
  @OptionGroup var existingRun: ExistingRunFlags

  @Flag(help: "Print one JSON object instead of the list.")
  var json = false

  func run() throws {
    let configuration = try settings.resolve(isResumed: existingRun.resume, except: ["out"])
    if settings.configuration.prints(configuration) { return }
    try PlanSession(
      configuration: configuration, existing: existingRun.choice, unit: "rows", json: json
    ).show { try SupervisedPlan($0) }
  }
}

import ArgumentParser
import Trainers

/// `attune plan dpo`: what `attune dpo` would do with the same arguments.
struct PlanDPOCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dpo", abstract: "Plan a run of `attune dpo` with the same arguments.")

  @OptionGroup var settings: DPOSettings
  @OptionGroup var existingRun: ExistingRunFlags

  @Flag(help: "Print one JSON object instead of the list.")
  var json = false

  func run() throws {
    let configuration = try settings.resolve(isResumed: existingRun.resume, except: ["out"])
    if settings.configuration.prints(configuration) { return }
    try PlanSession(
      configuration: configuration, existing: existingRun.choice, unit: "pairs", json: json
    ).show { try PreferencePlan($0) }
  }
}

import ArgumentParser
import Trainers

/// `attune plan kto`: what `attune kto` would do with the same arguments.
struct PlanKTOCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kto", abstract: "Plan a run of `attune kto` with the same arguments.")

  @OptionGroup var settings: KTOSettings
  @OptionGroup var existingRun: ExistingRunFlags

  @Flag(help: "Print one JSON object instead of the list.")
  var json = false

  func run() throws {
    let configuration = try settings.resolve(isResumed: existingRun.resume, except: ["out"])
    if settings.configuration.prints(configuration) { return }
    try PlanSession(
      configuration: configuration, existing: existingRun.choice, unit: "completions", json: json
    ).show { try UnpairedPlan($0) }
  }
}

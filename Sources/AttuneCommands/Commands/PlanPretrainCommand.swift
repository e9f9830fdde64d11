import ArgumentParser
import Trainers

/// `attune plan pretrain`: what `attune pretrain` would do with the same arguments.
struct PlanPretrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pretrain", abstract: "Plan a run of `attune pretrain` with the same arguments.")

  @OptionGroup var settings: PretrainingSettings
  @OptionGroup var existingRun: ExistingRunFlags

  @Flag(help: "Print one JSON object instead of the list.")
  var json = false

  func run() throws {
    let configuration = try settings.resolve(isResumed: existingRun.resume, except: ["out"])
    if settings.configuration.prints(configuration) { return }
    try PlanSession(
      configuration: configuration, existing: existingRun.choice, unit: "blocks", json: json
    ).show { try SupervisedPlan($0) }
  }
}

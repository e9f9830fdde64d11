import RunRecords
import TorchEngine
import Trainers
import TrainingConfiguration

/// What every `attune plan` command does around its plan.
struct PlanSession<Configuration: OfflineConfiguration> {
  /// The resolved settings; a plan needs no place to write to.
  let configuration: Configuration
  /// What to do with a run directory that is there already.
  let existing: ExistingRun
  /// What a step is made of, in the plural: `pairs`.
  let unit: String
  /// Whether to print one JSON object instead of the list.
  let json: Bool

  /// Makes the plan and shows it.
  ///
  /// - Parameter makePlan: Reads the data.
  /// - Throws: What training with the same settings would throw before its first step.
  func show<Plan: OfflinePlan>(_ makePlan: (Configuration) throws -> Plan) throws {
    // Where a place to write to is given, it is checked as training would.
    if let output = configuration.run.directory {
      _ = try RunDestination(path: output, existing: existing)
    }
    if let threads = configuration.run.threads { try Engine.setThreads(threads) }
    let plan = try makePlan(configuration)
    for note in plan.notes { StandardStream.error.writeLine("attune: \(note)") }
    let report = PlanReport(
      plan, unit: unit, machine: Machine(), rate: try EngineTrial.floatingPointRate())
    StandardStream.output.writeLine(json ? report.json.line : report.rendered())
  }
}

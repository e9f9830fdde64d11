import ArgumentParser
import ConfigurationFiles
import Foundation
import RunRecords
import TorchEngine
import Trainers
import TrainingConfiguration

/// `attune plan dpo`: what `attune dpo` would do with the same arguments.
struct PlanDPOCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dpo", abstract: "Plan a run of `attune dpo` with the same arguments.")

  @OptionGroup var settings: DPOSettings
  @OptionGroup var existingRun: ExistingRunFlags

  @Flag(help: "Print one JSON object instead of the list.")
  var json = false

  func run() throws {
    // A plan needs no place to write to; where one is given, it is checked as training would.
    let configuration = try settings.resolve(isResumed: existingRun.resume, except: ["out"])
    if settings.configuration.printConfig {
      StandardStream.output.write(configuration.yaml)
      return
    }
    if let output = configuration.run.directory {
      _ = try RunDestination(path: output, existing: existingRun.choice)
    }
    if let threads = configuration.run.threads { try Engine.setThreads(threads) }
    let plan = try PreferencePlan(configuration)
    for note in plan.notes { StandardStream.error.writeLine("attune: \(note)") }
    let report = PlanReport(plan, machine: Machine(), rate: try EngineTrial.floatingPointRate())
    StandardStream.output.writeLine(json ? report.json.line : report.rendered())
  }
}

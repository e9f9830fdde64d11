public import ArgumentParser
import Foundation
public import Pipelines
import PreferenceData
import Trainers

/// `attune experiment`: what the papers have found, measured again on a small world.
struct ExperimentCommand: AsynchronousCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiment",
    abstract: "Measure again, on a small world, what the papers have found.",
    discussion: """
      frontier: gold score against KL for DPO, PPO, RLOO and best of n (Rafailov et al. 2023). \
      overoptimization: gold and proxy against √KL, for reward models of few and many pairs, clean and \
      noisy, with the fitted laws (Gao et al. 2022). ensembles: one reward model against mean, minimum \
      and variance-discounted ensembles (Coste et al. 2024). noise: DPO, cDPO, robust DPO, IPO and the \
      reward model against label noise. compare: RLHF and DPO on the same data: quality, time, memory, \
      stability over seeds. constitution: what critiques, revisions and \
      preferences by a constitution do to a model that was taught to be helpful alone (Bai et al. 2022).

      The directory gets measurements.jsonl, results.csv, report.html, its pictures as .svg, and all \
      models. The full size takes up to an hour on two cores, --quick a minute. What was measured is \
      not measured again: after Ctrl-C, or a kill, the same command goes on with the part that was \
      interrupted.
      """)

  @Argument(help: "Which one.")
  var experiment: ExperimentKind

  @Option(
    help: ArgumentHelp(
      "Directory of all of it (default: experiments/ and its name).", valueName: "directory"))
  var out: String?

  @Flag(help: "Take a minute, with less of everything.")
  var quick = false

  @OptionGroup var world: SmallWorldFlags

  func run() async throws {
    let directory = out ?? "experiments/\(experiment.rawValue)"
    let session = ExperimentSession(
      experiment, size: quick ? .quick : .full, seed: world.seed, directory: directory,
      origin: SmallWorldFlags.origin)
    let environment = ProcessInfo.processInfo.environment
    let view = StageView(environment: environment)
    Interruption.listen()
    let account: ExperimentAccount
    do {
      account = try await session.run(
        command:
          "attune experiment \(experiment.rawValue) --seed \(world.seed)\(quick ? " --quick" : "")",
        footer: "attune \(Attune.version) experiment"
      ) { event in
        view.show(event)
        return Interruption.requested == nil ? .proceed : .stop
      }
    } catch {
      view.clear()
      throw SmallWorldFlags.failure(for: error)
    }
    for finding in account.findings { StandardStream.output.writeLine(finding) }
    let page = "\(directory)/report.html"
    world.show(report: page, environment: environment)
    if world.json {
      var report = JSONReport()
      report.add("experiment", experiment.rawValue)
      report.add("findings", .array(account.findings.map(JSONValue.string)))
      report.add("results", "\(directory)/results.csv")
      report.add("page", page)
      StandardStream.output.writeLine(report.line)
    }
  }
}

extension ExperimentKind: ExpressibleByArgument {}

import ArgumentParser
import ConfigurationFiles
import Foundation
import Pipelines
import Reports
import RunRecords
import Sandbox
import Trainers
import TrainingConfiguration

/// `attune quickstart`: the whole pipeline in minutes, from nothing.
struct QuickstartCommand: AsynchronousCommand {
  static let configuration = CommandConfiguration(
    commandName: "quickstart",
    abstract: "Run the whole pipeline on a small world, in minutes and from nothing.",
    discussion: """
      Makes a tokenizer and a base model, fine-tunes it on answers of mixed quality, trains a reward \
      model on what simulated annotators prefer, aligns the model by DPO and by PPO, and compares all \
      of them on held-out prompts by a judge that knows the truth. Needs no download and no \
      configuration; nothing is drawn but from --seed.

      Each stage leaves what the command of its name leaves, so that all of it can be looked at: the \
      data, the run directories base, sft, reward, dpo and ppo, and report.html. After Ctrl-C the same \
      command goes on with the stage that was interrupted.
      """)

  @Option(help: ArgumentHelp("Directory of all of it.", valueName: "directory"))
  var out = "attune-quickstart"

  @Option(
    help: ArgumentHelp(
      "The same seed gives the same data, models and samples.", valueName: "number"))
  var seed: UInt64 = 0

  @Flag(help: "Take less than a minute, with less of everything.")
  var quick = false

  @Flag(help: "Start anew, and replace the quickstart in the directory.")
  var overwrite = false

  @Flag(help: "Show the report in the browser at the end.")
  var open = false

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    guard seed < 1_000_000 else {
      throw ValidationError("'--seed' is \(seed), but must be below 1000000.")
    }
  }

  func run() async throws {
    let recipe = QuickstartRecipe(size: quick ? .quick : .full, seed: seed)
    let quickstart = Quickstart(recipe, directory: out) { settings in
      RunOrigin(
        version: Attune.version, command: CommandLine.arguments, startedAt: Date(),
        configuration: settings.yaml)
    }
    let environment = ProcessInfo.processInfo.environment
    let view = QuickstartView(
      TerminalProgress(on: .error, environment: environment, plainEvery: 100),
      color: TerminalColor(isTerminal: StandardStream.error.isTerminal, environment: environment),
      challenges: SandboxWorld().challenges(seed: seed).map(\.title))
    Interruption.listen()
    let result: QuickstartResult
    do {
      if overwrite { try quickstart.clear() }
      result = try await quickstart.run { event in
        view.show(event)
        return Interruption.requested == nil ? .proceed : .stop
      }
    } catch {
      view.clear()
      throw failure(for: error)
    }
    let page = try quickstart.page(of: result, footer: "attune \(Attune.version) quickstart")
    var file = try AtomicFile(path: result.page)
    try file.write(page.rendered())
    try file.commit()
    StandardStream.output.writeLine(result.rendered())
    StandardStream.error.writeLine("attune: the report is in \(result.page)")
    if open, let problem = PageOpening(environment: environment).open(result.page) {
      StandardStream.error.writeLine("attune: \(problem)")
    }
    if json { StandardStream.output.writeLine(try result.line) }
  }

  private func failure(for error: any Error) -> any Error {
    if let signal = Interruption.requested {
      return Failure(signal.exitStatus, String(describing: error))
    }
    if let error = error as? QuickstartError { return Failure(.usage, error.description) }
    return error
  }
}

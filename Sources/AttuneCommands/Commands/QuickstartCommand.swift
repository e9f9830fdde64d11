import ArgumentParser
import Foundation
import Pipelines
import Reports
import RunRecords
import Sandbox
import Trainers

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

  @Flag(help: "Take less than a minute, with less of everything.")
  var quick = false

  @Flag(help: "Start anew, and replace the quickstart in the directory.")
  var overwrite = false

  @OptionGroup var world: SmallWorldFlags

  func run() async throws {
    let recipe = QuickstartRecipe(size: quick ? .quick : .full, seed: world.seed)
    let quickstart = Quickstart(recipe, directory: out, origin: SmallWorldFlags.origin)
    let environment = ProcessInfo.processInfo.environment
    let view = StageView(environment: environment)
    let challenges = SandboxWorld().challenges(seed: world.seed).map(\.title)
    Interruption.listen()
    let result: QuickstartResult
    do {
      if overwrite { try quickstart.clear() }
      result = try await quickstart.run { event in
        view.show(event, challenges: challenges)
        return Interruption.requested == nil ? .proceed : .stop
      }
    } catch {
      view.clear()
      throw SmallWorldFlags.failure(for: error)
    }
    let page = try quickstart.page(of: result, footer: "attune \(Attune.version) quickstart")
    try AtomicFile.write(page.rendered(), to: result.page)
    StandardStream.error.writeLine("")
    StandardStream.output.writeLine(result.rendered())
    world.show(report: result.page, environment: environment)
    if world.json { StandardStream.output.writeLine(try result.line) }
  }
}

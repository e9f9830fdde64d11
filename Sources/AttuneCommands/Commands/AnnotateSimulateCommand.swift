import AnnotationStore
import ArgumentParser
import Foundation
import Pipelines
import Sandbox
import WebSupport

/// `attune annotate simulate`: the sandbox's annotators at work on a served project.
struct AnnotateSimulateCommand: AsynchronousCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Let simulated annotators work on a served project, by the same interface as people.",
    discussion: """
      Each joins with an invitation of its own and judges until nothing is left. What they think follows the \
      sandbox's gold judge and their faults; prompts and responses must be of the sandbox world to be judged \
      for what they say. They answer at once: make such a project with --least-seconds 0 --reading-speed 0. \
      The project's file must be at hand, as invitations are made in it.
      """)

  @OptionGroup var project: ProjectArgument

  @Option(help: ArgumentHelp("Where it is served.", valueName: "address"))
  var url = "http://127.0.0.1:8765"

  @Option(help: ArgumentHelp("How many annotators.", valueName: "people"))
  var annotators = 20

  @Option(
    help: ArgumentHelp(
      "Share of annotators who choose without looking.", valueName: "share"))
  var sloppy = 0.0

  @Option(
    help: ArgumentHelp(
      "Gold points that make odds of e for a careful annotator.", valueName: "number"))
  var temperature = 0.1

  @Option(
    help: ArgumentHelp(
      "Share of careful judgments that are turned round.", valueName: "share"))
  var labelNoise = 0.0

  @Option(help: ArgumentHelp("Milliseconds between two tasks.", valueName: "milliseconds"))
  var pause = 0

  @Option(help: ArgumentHelp("The same seed gives the same judgments.", valueName: "number"))
  var seed: UInt64 = 0

  @Option(help: ArgumentHelp("Which world: what is true in it.", valueName: "number"))
  var worldSeed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "Seconds for which a server that does not answer is waited for.", valueName: "seconds"))
  var patience = 60

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    guard (1...1000).contains(annotators) else {
      throw ValidationError("'--annotators' is \(annotators), but must be from 1 to 1000.")
    }
    for (name, share) in [("--sloppy", sloppy), ("--label-noise", labelNoise)]
    where !(0...1).contains(share) {
      throw ValidationError("'\(name)' is \(share), but must be from 0 to 1.")
    }
    guard temperature >= 0, temperature.isFinite else {
      throw ValidationError("'--temperature' is \(temperature), but must be at least 0.")
    }
    guard pause >= 0, patience >= 0 else {
      throw ValidationError("'--pause' and '--patience' must be at least 0.")
    }
  }

  func run() async throws {
    let project = try project.open()
    let secrets = try project.invitations(
      annotators, .annotator, note: "simulated", for: .seconds(86_400), now: Date())
    // Accounts of an earlier call are others: nobody knows their passwords any more.
    let mark = String(secrets[0].digest.text.prefix(4))
    let careless = Int((sloppy * Double(annotators)).rounded())
    let pool = AnnotatorPool(
      (0..<annotators).map { index in
        SimulatedAnnotator(
          name: "annotator-\(index + 1)", temperature: temperature, labelNoise: labelNoise,
          sloppiness: index < careless ? 1 : 0)
      })
    let workforce = SimulatedWorkforce(
      pool, world: SandboxWorld(seed: worldSeed), seed: seed, pause: .milliseconds(pause))
    Interruption.listen()
    let outcome = try await workforce.run(
      at: url,
      invitations: zip(pool.annotators, secrets).map { annotator, secret in
        // Of the secret, which nobody else has, and different from it.
        (secret.text, "\(annotator.name)-\(mark)", String(secret.text.reversed()))
      }, patience: .seconds(patience)
    ) { count in
      if let signal = Interruption.requested {
        throw Failure(
          signal.exitStatus, "stopped after \(count) judgments, which the project has")
      }
      if count.isMultiple(of: 500) {
        StandardStream.error.writeLine("attune: \(NumberText.grouped(count)) judgments")
      }
    }
    StandardStream.output.writeLine(
      "\(NumberText.grouped(outcome.judgments)) judgments by \(annotators) annotators"
        + (outcome.paused > 0 ? ", of whom \(outcome.paused) were paused" : ""))
    if json {
      var report = JSONReport()
      report.add("judgments", outcome.judgments)
      report.add("annotators", annotators)
      report.add("paused", outcome.paused)
      StandardStream.output.writeLine(report.line)
    }
  }
}

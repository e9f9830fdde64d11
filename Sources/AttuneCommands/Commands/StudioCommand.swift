import ArgumentParser
import Foundation
import Pipelines
import Studio
import WebSupport

/// `attune studio`: the pages on which a person sees alignment happen.
struct StudioCommand: AsynchronousCommand {
  static let configuration = CommandConfiguration(
    commandName: "studio",
    abstract: "Open pages on which alignment can be seen and done, live, on a small model.",
    discussion: """
      Three pages for the browser. The pipeline: the model answers, you choose, a reward model learns, \
      the policy learns from it and answers again. Preference learning: what your choices say, as weights. \
      Runs and reports: what was trained, here and under --runs.

      Without --model a small model is made first, in about a minute and without any download; the pages are \
      there meanwhile, and the next studio in the same directory finds it. One that speaks better is that of a \
      quickstart:

        attune quickstart
        attune studio --model attune-quickstart/sft

      What is trained is left under --out as run directories. Only this machine can reach it: there is no password. Ctrl-C ends what is under way \
      with its next step.
      """)

  @Option(
    help: ArgumentHelp(
      "Language model that answers; it should know the sandbox world.", valueName: "directory"))
  var model: String?

  @Option(help: ArgumentHelp("Directory of all that is made.", valueName: "directory"))
  var out = "attune-studio"

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Folders whose runs and reports are shown, beside --out.", valueName: "folder"))
  var runs: [String] = []

  @Option(help: ArgumentHelp("The port; 0 for any that is free.", valueName: "port"))
  var port = 8770

  @Option(
    help: ArgumentHelp("The address to listen on: one of this machine alone.", valueName: "address")
  )
  var host = ListenAddress.loopback

  @Option(
    help: ArgumentHelp(
      "The same seed gives the same model, prompts and pairs.", valueName: "number"))
  var seed: UInt64 = 0

  func validate() throws {
    try HostFlags.check(port, "--port")
    guard ListenAddress(host: host, port: port).isLoopback else {
      throw ValidationError(
        "'--host' is '\(host)', which other machines may reach, but the studio has no password; choose "
          + "127.0.0.1, ::1 or localhost, and reach it from elsewhere through a tunnel (ssh -L).")
    }
    guard seed < 1_000_000 else {
      throw ValidationError("'--seed' is \(seed), but must be below 1000000.")
    }
    for folder in runs {
      var isDirectory: ObjCBool = false
      guard FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory),
        isDirectory.boolValue
      else {
        throw ValidationError("'--runs' names '\(folder)', but there is no such folder.")
      }
    }
  }

  func run() async throws {
    let address = ListenAddress(host: host, port: port)
    let plan = SandboxWorkshop.Plan(
      model: model, directory: out, seed: seed, origin: { SmallWorldFlags.origin($0) })
    do {
      try SandboxWorkshop.check(plan)
    } catch let error as StudioDirectoryError {
      throw Failure(.usage, error.description)
    }
    let service = StudioService(
      StudioEngine { SandboxWorkshop(plan) },
      catalog: RunCatalog(roots: [out] + runs.filter { $0 != out }), address: address, seed: seed,
      school: PreferenceSchool(seed: seed), version: Attune.version)
    try await PageServing.run(at: address) {
      try await service.serve(by: $0, until: $1, listening: $2)
    }
  }
}

import ArgumentParser
import Foundation
import LanguageModels
import Logging
import ModelServer
import Monitoring
import Pipelines
import TorchEngine
import Trainers
import WebSupport

/// `attune serve`, without a further word: serves until it is asked to stop.
struct ServeRunCommand: AsynchronousCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Serve a model (what 'attune serve' does by itself).")

  @Option(help: ArgumentHelp("Model directory.", valueName: "directory"))
  var model: String

  @Option(
    help: ArgumentHelp("What requests call it (default: the directory's name).", valueName: "name"))
  var servedName: String?

  @Option(
    help: ArgumentHelp(
      "A reward model, or an ensemble of them, for /v1/score.", valueName: "directory"))
  var reward: String?

  @OptionGroup(title: "Listening") var listening: ServeListeningFlags
  @OptionGroup(title: "Keys") var keys: ServeKeyFlags
  @OptionGroup(title: "Load") var load: ServeLoadFlags
  @OptionGroup(title: "Oversight") var oversight: ServeOversightFlags
  @OptionGroup(title: "Canary") var canary: ServeCanaryFlags

  func validate() throws {
    try listening.validate()
    try load.validate()
    try canary.validate()
  }

  func run() async throws {
    let session = try ServeSession(self)
    Interruption.listen()
    let ending = try await session.run()
    if let signal = Interruption.requested {
      if ending == .cutOff {
        StandardStream.error.writeLine("attune: some answers took too long and were cut off")
      }
      throw ExitCode(signal.exitStatus.rawValue)
    }
  }
}

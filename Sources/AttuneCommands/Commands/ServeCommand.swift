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

/// `attune serve`: a model behind OpenAI's routes.
struct ServeCommand: AsynchronousCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve a model to programs that speak OpenAI's language, and watch over it.",
    discussion: """
        attune serve --model runs/policy --store served

      Any client of OpenAI's finds the model at http://127.0.0.1:8000/v1: chat/completions, completions, \
      models, score (--reward), feedback (--store). Only this machine can reach it, unless --host says otherwise; from elsewhere it belongs behind a server \
      that speaks TLS (--proxy tls). Every request needs a key; where none is given, one is made and shown.

      A conversation becomes a dialogue of 'Human:' and 'Assistant:', as in 'attune chat'.

      With --canary (and --store), users are divided: a share of them, always the same ones, is answered by \
      the candidate. The plan says how the share grows and what rolls it back; without one, --share is the \
      only step. The header X-Attune-Arm says who has answered: control or candidate.

      Administration (the dashboard, promotion, the kill switch) listens on a port of its own, for who has an \
      administrator's key.

      Ctrl-C or SIGTERM lets answers under way finish; feedback that was acknowledged is never lost.
      """,
    subcommands: [ServeKeyCommand.self, ServeEraseCommand.self])

  @Option(help: ArgumentHelp("The directory of the model to serve.", valueName: "directory"))
  var model: String?

  @Option(
    help: ArgumentHelp(
      "What requests call the model (default: the directory's name).", valueName: "name"))
  var servedName: String?

  @Option(
    help: ArgumentHelp(
      "A reward model, or an ensemble of them: for /v1/score, and with --baseline for the metric 'reward'.",
      valueName: "directory"))
  var reward: String?

  @Option(
    help: ArgumentHelp(
      "A model with the same tokenizer that answers are compared with: the metric 'reference_kl', in nats a token.",
      valueName: "directory"))
  var reference: String?

  @OptionGroup(title: "Listening") var listening: ServeListeningFlags
  @OptionGroup(title: "Keys") var keys: ServeKeyFlags
  @OptionGroup(title: "Load") var load: ServeLoadFlags
  @OptionGroup(title: "Oversight") var oversight: ServeOversightFlags
  @OptionGroup(title: "Canary") var canary: ServeCanaryFlags

  func validate() throws {
    if canary.canary != nil, oversight.store == nil {
      throw ValidationError(
        "'--canary' needs '--store', the folder where its state and its decisions are kept.")
    }
  }

  func run() async throws {
    guard let model else {
      throw ValidationError("'--model' is missing: the directory of the model to serve.")
    }
    let session = try ServeSession(self, model: model)
    Interruption.listen(finishing: .requests)
    let ending = try await session.run()
    if let signal = Interruption.requested {
      if ending == .cutOff {
        StandardStream.error.writeLine("attune: some answers took too long and were cut off")
      }
      throw ExitCode(signal.exitStatus.rawValue)
    }
  }
}

import ArgumentParser
import Foundation
import Logging
import ModelServer
import WebSupport

/// `attune serve`: a model behind OpenAI's routes.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve a model to programs that speak OpenAI's language, and watch over it.",
    discussion: """
      attune serve --model runs/policy --store served, and any client of OpenAI's finds the model at \
      http://127.0.0.1:8000/v1: chat/completions, completions, models, score (--reward), feedback (--store). \
      Only this machine can reach it, unless --host says otherwise; from elsewhere it belongs behind a server \
      that speaks TLS (--proxy tls). Every request needs a key; where none is given, one is made and shown.

      A conversation becomes a dialogue of 'Human:' and 'Assistant:', as in 'attune chat'.

      With --canary, users are divided: a share of them, always the same ones, is answered by the candidate. \
      The plan says how the share grows and what rolls it back; without one, --share is the only step. \
      Administration (the dashboard, promotion, the kill switch) listens on a port of its own.

      Ctrl-C or SIGTERM lets answers under way finish; feedback that was acknowledged is never lost.
      """,
    subcommands: [ServeRunCommand.self, ServeKeyCommand.self],
    defaultSubcommand: ServeRunCommand.self)
}

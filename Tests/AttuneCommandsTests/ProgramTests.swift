import ArgumentParser
import Foundation
import Testing

@testable import AttuneCommands

@Suite("The program")
struct ProgramTests {
  /// Every command, with the words that lead to it.
  private static let commands: [(words: [String], type: any ParsableCommand.Type)] =
    tree(of: Attune.self, ["attune"])

  private static func tree(
    of type: any ParsableCommand.Type, _ words: [String]
  ) -> [(words: [String], type: any ParsableCommand.Type)] {
    let groups = type.configuration.groupedSubcommands.flatMap(\.subcommands)
    return [(words, type)]
      + (type.configuration.ungroupedSubcommands + groups).flatMap { command in
        tree(of: command, words + [command.configuration.commandName ?? ""])
      }
  }

  @Test("without arguments it prints the help")
  func noArguments() throws {
    let run = try Invocation()
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("OVERVIEW: Turn human judgments into better-behaved"))
    #expect(run.error.isEmpty)
    for verb in [
      "annotate", "chat", "classifier", "data", "doctor", "dpo", "evaluate", "experiment",
      "generate", "grpo",
      "kto", "loop", "model", "monitor", "ppo",
      "pretrain", "quickstart", "reinforce", "report", "reward", "rloo", "sandbox", "score",
      "serve",
      "sft", "studio",
    ] {
      #expect(run.output.contains("\n  \(verb) "))
    }
  }

  @Test("every command has a help with a sentence for each argument")
  func help() {
    #expect(Self.commands.count == 78)
    for (words, type) in Self.commands {
      let help = Attune.helpMessage(for: type, columns: 80)
      #expect(help.hasPrefix("OVERVIEW: "))
      #expect(help.contains("USAGE: \(words.joined(separator: " "))"))
      let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
      for (line, next) in zip(lines, lines.dropFirst()) where line.hasPrefix("  --") {
        let isExplained = ["  ", "> "].contains { line.dropFirst(2).contains($0) }
        #expect(isExplained || next.hasPrefix("      "), "\(words): \(line)")
      }
    }
  }

  @Test("help can be asked for in two ways", arguments: [["data", "validate"], ["dpo"]])
  func helpRequests(words: [String]) throws {
    let run = try Invocation(words + ["--help"])
    #expect(run.status == 0)
    #expect(run.error.isEmpty)
    #expect(run.output.hasPrefix("OVERVIEW: "))
    #expect(try Invocation(["help"] + words).output == run.output)
  }

  @Test("a group of commands prints its help")
  func groups() throws {
    let run = try Invocation("data")
    #expect(run.status == 0)
    #expect(run.output.contains("SUBCOMMANDS:"))
  }

  @Test("the version")
  func version() throws {
    let run = try Invocation("--version")
    #expect(run.status == 0)
    #expect(run.output == "\(Attune.version)\n")
  }

  @Test("wrong usage is answered with a sentence and the usage")
  func usage() throws {
    let unknown = try Invocation("frobnicate")
    #expect(unknown.status == 64)
    #expect(unknown.output.isEmpty)
    #expect(
      unknown.error == """
        attune: error: Unexpected argument 'frobnicate'
        Usage: attune <subcommand>
          See 'attune --help' for more information.

        """)
    let misspelt = try Invocation("model", "inspect", "--tensor", "m")
    #expect(misspelt.status == 64)
    #expect(
      misspelt.error.hasPrefix(
        "attune: error: Unknown option '--tensor'. Did you mean '--tensors'?\nUsage: attune model"))
  }

  @Test("settings of dpo are answered without the usage")
  func settings() throws {
    let missing = try Invocation("dpo", "--model", "m", "--data", "d.jsonl")
    #expect(missing.status == 64)
    #expect(missing.error == "attune: error: out is not set: give --out directory\n")
    let foreign = try Invocation("dpo", "--per-device-train-batch-size", "4")
    #expect(foreign.status == 64)
    #expect(
      foreign.error
        == "attune: error: unknown option '--per-device-train-batch-size'; "
        + "it is called '--batch-size' here\n")
    // Another command's arguments are its own.
    #expect(!(try Invocation("score", "--num-train-epochs").error.contains("--epochs")))
  }
}

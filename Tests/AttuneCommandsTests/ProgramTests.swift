import ArgumentParser
import Foundation
import Testing

@testable import AttuneCommands

@Suite("The program")
struct ProgramTests {
  /// Every command and the words that lead to it.
  private static let commands: [[String]] = paths(of: Attune.self, [])

  private static func paths(of type: any ParsableCommand.Type, _ words: [String]) -> [[String]] {
    let configuration = type.configuration
    let groups = configuration.groupedSubcommands.flatMap(\.subcommands)
    return [words]
      + (configuration.ungroupedSubcommands + groups).flatMap { command in
        paths(of: command, words + [command.configuration.commandName ?? ""])
      }
  }

  @Test("without arguments it prints the help")
  func noArguments() throws {
    let run = try Invocation()
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("OVERVIEW: Turn human judgments into better-behaved"))
    #expect(run.error.isEmpty)
    for verb in ["data", "doctor", "dpo", "model", "score", "tokenizer"] {
      #expect(run.output.contains("\n  \(verb) "))
    }
  }

  @Test("every command has a help with a sentence for each argument", arguments: commands)
  func help(words: [String]) throws {
    let run = try Invocation(words + ["--help"])
    #expect(run.status == 0)
    #expect(run.error.isEmpty)
    #expect(run.output.hasPrefix("OVERVIEW: "))
    #expect(run.output.contains("USAGE: " + (["attune"] + words).joined(separator: " ")))
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    for (line, next) in zip(lines, lines.dropFirst()) where line.hasPrefix("  --") {
      let isExplained =
        ["  ", "> "].contains { line.dropFirst(2).contains($0) } || next.hasPrefix("      ")
      #expect(isExplained, "\(line)")
    }
    #expect(try Invocation(["help"] + words).output == run.output)
  }

  @Test("groups of commands print their help", arguments: [["data"], ["model"], ["tokenizer"]])
  func groups(words: [String]) throws {
    let run = try Invocation(words)
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

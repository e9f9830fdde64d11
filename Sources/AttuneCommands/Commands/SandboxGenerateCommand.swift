import ArgumentParser
import Foundation
import PreferenceData
import Sandbox

/// `attune sandbox generate`: data of every type, with the truth beside it.
struct SandboxGenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Write data of the sandbox world.",
    discussion: """
      text: an unaligned mixture of good and bad answers to train a base model on, each text with \
      its exact log probability in nats. demonstrations: good answers. preferences and rankings: \
      completions of the mixture, compared by simulated annotators, with the gold scores. prompts: \
      for a policy to complete. critiques: flawed responses with principle, critique and revision. \
      labelled: safe and unsafe texts.

      An annotator takes A rather than B with the probability \
      σ((gold_A − gold_B) / temperature + length_bias · (words_A − words_B) / 10). Other annotators \
      under the same seed judge the same pairs.

      The same options give the same file. For held-out data take another seed.
      """)

  @Option(help: "What the file holds.")
  var kind: SandboxContent

  @Option(help: ArgumentHelp("How many rows.", valueName: "rows"))
  var count: Int

  @Option(help: ArgumentHelp("The same seed gives the same rows.", valueName: "number"))
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "JSON Lines to write, compressed if it ends in .gz.", valueName: "file"))
  var out: String

  @Option(
    help: ArgumentHelp(
      "Kinds of prompt, with commas between them: "
        + PromptKind.allCases.map(\.rawValue).joined(separator: ", ") + " (default: all).",
      valueName: "kinds"),
    transform: PromptKind.list)
  var kinds: [PromptKind] = PromptKind.allCases

  @Option(help: ArgumentHelp("Which world: what is true in it.", valueName: "number"))
  var worldSeed: UInt64 = 0

  @OptionGroup(title: "Preferences and rankings")
  var comparison: AnnotatorFlags

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    guard count >= 1 else {
      throw ValidationError("'--count' is \(count), but must be at least 1.")
    }
    if let option = comparison.given.first(where: { !kind.options.contains($0) }) {
      throw ValidationError(
        "'--\(option.rawValue)' has no effect on \(kind.title); it goes with --kind "
          + SandboxContent.allCases.filter { $0.options.contains(option) }.map(\.rawValue)
          .joined(separator: " or ") + ".")
    }
  }

  func run() throws {
    var writer = try JSONLinesWriter(path: out)
    var rows = self.rows
    var summary = GenerationSummary(command: self)
    let progress = TerminalProgress(
      on: .error, environment: ProcessInfo.processInfo.environment, plainEvery: 10_000)
    Interruption.listen()
    for index in 1...count {
      let row = try Failure.reporting(as: .usage) { try rows.next() }
      try writer.write(row)
      summary.add(row)
      guard index % 100 == 0 || index == count else { continue }
      progress.update(summary.progress, at: .now)
      if let signal = Interruption.requested {
        progress.clear()
        throw Failure(
          signal.exitStatus, "stopped after \(index) of \(count) rows; \(out) was not written")
      }
    }
    progress.finish()
    try writer.commit()
    StandardStream.output.writeLine(summary.sentence)
    if json { StandardStream.output.writeLine(summary.report.line) }
  }

  private var rows: any SandboxRows {
    let world = SandboxWorld(seed: worldSeed)
    switch kind {
    case .text: return TextRows(world: world, kinds: kinds, seed: seed)
    case .demonstrations: return DemonstrationRows(world: world, kinds: kinds, seed: seed)
    case .prompts: return PromptRows(world: world, kinds: kinds, seed: seed)
    case .critiques: return CritiqueRows(world: world, kinds: kinds, seed: seed)
    case .labelled: return LabelledRows(world: world, kinds: kinds, seed: seed)
    case .preferences:
      return PreferenceRows(
        world: world, kinds: kinds, pool: comparison.pool, votes: comparison.votes ?? 1,
        minimumGap: comparison.minimumGap ?? 0, seed: seed)
    case .rankings:
      return RankingRows(
        world: world, kinds: kinds, pool: comparison.pool,
        completions: comparison.completions ?? AnnotatorFlags.usualCompletions,
        minimumGap: comparison.minimumGap ?? 0, seed: seed)
    }
  }
}

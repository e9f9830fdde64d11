import ArgumentParser
import Foundation
import PreferenceData
import Sandbox

/// `attune sandbox judge`: gold scores of any completions.
struct SandboxJudgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge",
    abstract: "Score completions by the truth of the sandbox world.",
    discussion: """
      For prompts with a completion, and for texts that have an assistant's turn, each row of the \
      output has gold_total, gold_helpfulness, gold_harmlessness, gold_honesty and gold_concision, \
      from 0 to 1; for pairs, gold_chosen_total, gold_rejected_total and so on; for several \
      completions of a prompt (rankings, or a list as completion), each is a list. The total is 0.4 helpfulness + 0.2 harmlessness + 0.25 honesty \
      + 0.15 concision.

      Any text can be judged; a prompt that is about nothing in the world has the kind null, and is \
      judged by its form. A row that has no completion has null and a reason.
      """)

  @Option(
    help: ArgumentHelp(
      "Prompts with completions, pairs, rankings or texts: .jsonl, .json or .csv, perhaps with "
        + ".gz.", valueName: "file"))
  var data: String

  @Option(
    help: ArgumentHelp(
      "JSON Lines to write, compressed if it ends in .gz.", valueName: "file"))
  var out: String

  @Option(help: ArgumentHelp("Which world: what is true in it.", valueName: "number"))
  var worldSeed: UInt64 = 0

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func run() throws {
    var writer = try JSONLinesWriter(path: out)
    let input = try JudgingInput(path: data)
    let judge = GoldJudge(world: SandboxWorld(seed: worldSeed))
    var summary = JudgingSummary(sides: input.sides)
    let progress = TerminalProgress(
      on: .error, environment: ProcessInfo.processInfo.environment, plainEvery: 10_000)
    let start = ContinuousClock.now
    Interruption.listen()
    for (index, row) in input.rows.enumerated() {
      let judged = JudgedRow(row, by: judge)
      try writer.write(judged.result(sides: input.sides))
      summary.add(judged)
      let done = index + 1
      guard done % 100 == 0 || done == input.rows.count else { continue }
      progress.update(
        ProgressSnapshot(
          activity: "judging", step: done, total: input.rows.count,
          elapsed: ContinuousClock.now - start), at: .now)
      if let signal = Interruption.requested {
        progress.clear()
        throw Failure(
          signal.exitStatus,
          "stopped after \(done) of \(input.rows.count) rows; \(out) was not written")
      }
    }
    progress.finish()
    try writer.commit()
    StandardStream.output.writeLine(summary.rendered)
    if json { StandardStream.output.writeLine(summary.report.line) }
  }
}

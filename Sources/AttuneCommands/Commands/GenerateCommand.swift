import ArgumentParser
import Foundation
import LanguageModels
import PreferenceData
import Sampling
import Tokenization
import Trainers

/// `attune generate`: completions of prompts.
struct GenerateCommand: AsynchronousCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Write what a model answers to prompts.",
    discussion: """
      With --prompts and --out, each row of the output has prompt, completion, log_probability (of the \
      completion, in nats, at the temperature it was drawn with, before any token was left out), tokens, \
      and finish_reason: stop where the model ended it or a stop came up, length where it had as many \
      tokens as it may have. With --n, each of these but the prompt is a list. A completion depends on \
      the seed and on its place in the file, not on the batch.

      With --prompt, the completion is shown as it is drawn.

      With --best-of, the row of a prompt is that of the one of its n completions with the highest \
      reward (the first of equals), with reward, and rewards of all n. A completion about which no \
      reward has anything to say is not chosen; a prompt that has no other gets nulls and a reason. \
      --rejection writes the same choice as demonstrations, without those that were cut off at \
      --max-new-tokens, which would teach to end in mid-sentence: --missing-eos-penalty lets finished \
      ones win. Without --best-of, --out then has all completions, with their rewards.
      """)

  @Option(help: ArgumentHelp("Model directory.", valueName: "directory"))
  var model: String

  @Option(
    help: ArgumentHelp("Any file of records that have a prompt.", valueName: "file"))
  var prompts: String?

  @Option(help: ArgumentHelp("One prompt, answered on standard output.", valueName: "text"))
  var prompt: String?

  @Option(
    help: ArgumentHelp(
      "JSON Lines to write, compressed if it ends in .gz.", valueName: "file"))
  var out: String?

  @Option(help: ArgumentHelp("Completions of each prompt (default: 1).", valueName: "count"))
  var n: Int?

  @OptionGroup(title: "Sampling") var sampling: SamplingFlags

  @OptionGroup(title: "Choice by reward") var bestOf: BestOfFlags

  @Option(
    help: ArgumentHelp("Sequences that are sampled at a time, at most.", valueName: "count"))
  var batchSize = 64

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    for (name, value) in [("--n", n ?? 1), ("--batch-size", batchSize)] where value < 1 {
      throw ValidationError("'\(name)' is \(value), but must be at least 1.")
    }
    switch (prompts, prompt) {
    case (nil, nil): throw ValidationError("give '--prompts' with '--out', or '--prompt'.")
    case (_?, _?): throw ValidationError("give '--prompts' or '--prompt', not both.")
    case (_?, nil):
      if out == nil, bestOf.rejection == nil {
        throw ValidationError("'--prompts' needs '--out', the file to write.")
      }
      try bestOf.check(n: n ?? 1, isGreedy: sampling.drawing.greedy)
    case (nil, _?):
      let others = [
        ("--out", out != nil), ("--n", n != nil), ("--best-of", bestOf.bestOf),
        ("--rejection", bestOf.rejection != nil),
      ]
      for (name, isGiven) in others where isGiven {
        throw ValidationError("'\(name)' is about '--prompts'.")
      }
      try bestOf.check(n: 1, isGreedy: sampling.drawing.greedy)
    }
  }

  func run() async throws {
    let source = try SamplingSource(model: model, batchSize: batchSize, sampling.parameters)
    if let prompt {
      try answer(prompt, source)
    } else if let prompts {
      try await complete(prompts, source)
    }
  }

  /// Completes the prompts of a file.
  private func complete(_ file: String, _ source: SamplingSource) async throws {
    let files = try GeneratedFiles(out: out, rejection: bestOf.rejection)
    let prompts = try source.prompts(in: file, keepingFields: bestOf.areGiven)
    let rewards = bestOf.areGiven ? try bestOf.sources() : nil
    let sampler = try source.sampler()
    let view = SamplingView(completions: prompts.count * (n ?? 1), unwritten: files.names)
    Interruption.listen()
    let completions = try sampler.completions(of: prompts.map(\.text), count: n ?? 1) {
      try view.show($0)
    }
    view.finish()
    var report = report(completions.flatMap(\.self), view)
    if let rewards {
      var rewarding = CompletionRewarding(rewards.reward)
      let groups = try await rewarding.groups(completions, of: prompts, unwritten: files.names)
      let written = try files.write(groups, choosing: bestOf.bestOf)
      let summary = BestOfSummary(groups, parts: rewarding.parts)
      for note in summary.notes { StandardStream.error.writeLine("attune: \(note)") }
      summary.add(to: &report)
      if let rejection = bestOf.rejection { tell(rejection, written, groups, &report) }
    } else {
      try files.write(completions, of: prompts, asLists: n != nil)
    }
    if json { StandardStream.output.writeLine(report.line) }
  }

  /// Says how many of the best completions became demonstrations.
  private func tell(
    _ file: String, _ written: Int, _ groups: [RewardedGroup], _ report: inout JSONReport
  ) {
    let cutOff = groups.count { $0.best != nil } - written
    StandardStream.error.writeLine(
      "attune: \(written) demonstrations in \(file)"
        + (cutOff > 0 ? "; \(cutOff) of the best completions were cut off and are left out" : ""))
    report.add("demonstrations", written)
    report.add("demonstrations_cut_off", cutOff)
  }

  /// Shows a completion as it grows.
  private func answer(_ prompt: String, _ source: SamplingSource) throws {
    guard !source.tokenizer.encode(prompt).isEmpty else {
      throw ValidationError("'--prompt' is empty, but must have a token at least.")
    }
    try source.check(prompt, called: "--prompt")
    let stream = AnswerStream(
      sampler: try source.sampler(), tokenizer: source.tokenizer, stops: sampling.stop)
    let view = SamplingView(completions: 1, unwritten: nil)
    Interruption.listen()
    let completion = try stream.answer(prompt) { try view.count($0) }
    if json { StandardStream.output.writeLine(report([completion], view).line) }
  }

  private func report(_ completions: [SampledCompletion], _ view: SamplingView) -> JSONReport {
    var report = JSONReport()
    report.add("completions", completions.count)
    report.add("tokens", view.tokens)
    report.add("seconds", view.seconds)
    report.add("tokens_per_second", Double(view.tokens) / max(view.seconds, 1e-9))
    return report
  }
}

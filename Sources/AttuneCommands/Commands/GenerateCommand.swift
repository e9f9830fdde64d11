import ArgumentParser
import Foundation
import LanguageModels
import PreferenceData
import Sampling
import Tokenization
import Trainers

/// `attune generate`: completions of prompts.
struct GenerateCommand: ParsableCommand {
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
      if out == nil { throw ValidationError("'--prompts' needs '--out', the file to write.") }
    case (nil, _?):
      if out != nil { throw ValidationError("'--out' is about '--prompts'.") }
      if n != nil { throw ValidationError("'--n' is about '--prompts'.") }
    }
  }

  func run() throws {
    let source = try SamplingSource(model: model, batchSize: batchSize, sampling.parameters)
    if let prompt { return try answer(prompt, source) }
    guard let prompts, let out else { preconditionFailure("neither '--prompt' nor '--prompts'") }
    let writer = try JSONLinesWriter(path: out)
    let texts = try source.prompts(in: prompts)
    let sampler = try source.sampler()
    let view = SamplingView(completions: texts.count * (n ?? 1), unwritten: out)
    Interruption.listen()
    let completions = try sampler.completions(of: texts, count: n ?? 1) { try view.show($0) }
    view.finish()
    try write(completions, of: texts, to: writer)
    if json {
      StandardStream.output.writeLine(report(completions.flatMap(\.self), view).line)
    }
  }

  /// Shows a completion as it grows.
  private func answer(_ prompt: String, _ source: SamplingSource) throws {
    guard !source.tokenizer.encode(prompt).isEmpty else {
      throw ValidationError("'--prompt' is empty, but must have a token at least.")
    }
    let stream = AnswerStream(
      sampler: try source.sampler(), tokenizer: source.tokenizer, stops: sampling.stop)
    let view = SamplingView(completions: 1, unwritten: nil)
    Interruption.listen()
    let completion = try stream.answer(prompt) { try view.count($0) }
    if json { StandardStream.output.writeLine(report([completion], view).line) }
  }

  private func write(
    _ completions: [[SampledCompletion]], of prompts: [String], to file: consuming JSONLinesWriter
  ) throws {
    for (prompt, completions) in zip(prompts, completions) {
      func value(_ value: (SampledCompletion) -> JSONValue) -> JSONValue {
        n == nil ? value(completions[0]) : .array(completions.map(value))
      }
      try file.write([
        "prompt": .string(prompt), "completion": value { .string($0.text) },
        "log_probability": value { .number($0.logProbability) },
        "tokens": value { .number(Double($0.sample.tokens.count)) },
        "finish_reason": value { .string($0.sample.finishReason.rawValue) },
      ])
    }
    try file.commit()
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

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
      Each row of the output has prompt, completion, log_probability (of the completion, in nats, at \
      the temperature it was drawn with), tokens, and finish_reason: stop where the model ended it, \
      length where it had as many tokens as it may have. A completion depends on the seed and on its \
      place in the file, not on the batch.
      """)

  @Option(help: ArgumentHelp("Model directory.", valueName: "directory"))
  var model: String

  @Option(
    help: ArgumentHelp("Any file of records that have a prompt.", valueName: "file"))
  var prompts: String

  @Option(
    help: ArgumentHelp(
      "JSON Lines to write, compressed if it ends in .gz.", valueName: "file"))
  var out: String

  @Option(help: ArgumentHelp("Tokens of a completion at most.", valueName: "tokens"))
  var maxNewTokens = 256

  @Flag(help: "Take the most likely token, instead of drawing.")
  var greedy = false

  @Option(
    help: ArgumentHelp(
      "What logits are divided by before a token is drawn (default: 1).", valueName: "number"))
  var temperature: Double?

  @Option(help: ArgumentHelp("The same seed gives the same completions.", valueName: "number"))
  var seed: UInt64 = 0

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    if maxNewTokens < 1 {
      throw ValidationError("'--max-new-tokens' is \(maxNewTokens), but must be at least 1.")
    }
    if let temperature, !(temperature > 0 && temperature.isFinite) {
      throw ValidationError(
        "'--temperature' is \(temperature), but must be above 0; for the most likely token, give "
          + "'--greedy'.")
    }
    if greedy, temperature != nil {
      throw ValidationError("'--greedy' draws nothing; leave '--temperature' out.")
    }
  }

  func run() throws {
    let writer = try JSONLinesWriter(path: out)
    let tokenizer = try Tokenizer(directory: model)
    let data = try RecordReader.prompts.read([prompts], strict: false)
    let texts = try data.records.map { record in
      guard case .text(let text) = record.prompt else {
        throw TrainingError.messages(record.source)
      }
      return text
    }
    let sampler = Sampler(
      model: try CausalLanguageModel(directory: model), tokenizer: tokenizer,
      parameters: SamplingParameters(
        choice: greedy ? .greedy : .temperature(temperature ?? 1), maxNewTokens: maxNewTokens,
        seed: seed))
    let progress = TerminalProgress(
      on: .error, environment: ProcessInfo.processInfo.environment, plainEvery: 100)
    let start = ContinuousClock.now
    Interruption.listen()
    let completions = try sampler.completions(of: texts) { done in
      let elapsed = ContinuousClock.now - start
      progress.update(
        ProgressSnapshot(
          activity: "generating", step: done, total: texts.count,
          rates: [.init(Double(done) / max(elapsed / .seconds(1), 1e-9), "completions")],
          elapsed: elapsed),
        at: .now)
      if let signal = Interruption.requested {
        progress.clear()
        throw Failure(
          signal.exitStatus,
          "stopped after \(done) of \(texts.count) prompts; \(out) was not written")
      }
    }
    progress.finish()
    try write(completions, of: texts, to: writer)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    if json {
      StandardStream.output.writeLine(report(completions, seconds: seconds).line)
    }
  }

  private func write(
    _ completions: [SampledCompletion], of prompts: [String], to file: consuming JSONLinesWriter
  ) throws {
    for (prompt, completion) in zip(prompts, completions) {
      try file.write([
        "prompt": .string(prompt), "completion": .string(completion.text),
        "log_probability": .number(completion.logProbability),
        "tokens": .number(Double(completion.tokens.count)),
        "finish_reason": .string(completion.finishReason.rawValue),
      ])
    }
    try file.commit()
  }

  private func report(_ completions: [SampledCompletion], seconds: Double) -> JSONReport {
    let tokens = completions.reduce(0) { $0 + $1.tokens.count }
    var report = JSONReport()
    report.add("prompts", completions.count)
    report.add("tokens", tokens)
    report.add("seconds", seconds)
    report.add("tokens_per_second", Double(tokens) / max(seconds, 1e-9))
    return report
  }
}

import ArgumentParser
import Foundation
import LanguageModels
import Pipelines
import PreferenceData
import RunRecords
import Tokenization
import Trainers

/// `attune evaluate perplexity`: how well a language model predicts texts.
struct EvaluatePerplexityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "perplexity",
    abstract: "Measure how well a language model predicts texts.",
    discussion: """
      Of prompts with completions, the completions are predicted, with their end of sequence; of \
      texts, everything but the first token. With --from-end-of-sequence a text stands between \
      two end-of-sequence tokens, as in attune pretrain: its first token is predicted too, and so \
      is the end.

      Sums over all tokens are divided. Intervals come from drawing documents with replacement. \
      Where every text says how probable it was (log_probability, as attune sandbox generate \
      writes it), the model's cross-entropy stands beside it.

      With --base, so does what another model says about the same texts: the ratio of both, with its \
      interval, is below 1 where the model predicts them better, whatever the tokenizers.
      """)

  @Option(help: ArgumentHelp("Language model.", valueName: "directory"))
  var model: String

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Texts, prompts with completions, pairs or rankings: .jsonl, .json or .csv, each perhaps "
        + "with .gz.", valueName: "file"))
  var data: [String]

  @Flag(help: "Predict a text's first token from the end of sequence, and its end.")
  var fromEndOfSequence = false

  @Option(
    help: ArgumentHelp(
      "Tokens of a sequence: longer texts are split, longer prompts with completions left out.",
      valueName: "tokens"))
  var maxLength = 1024

  @Option(
    help: ArgumentHelp(
      "Rows in a batch: memory and time, never the result (default: as suits their length).",
      valueName: "rows"))
  var batchSize: Int?

  @Option(help: ArgumentHelp("What the draws depend on.", valueName: "number"))
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "Another language model on the same texts, such as the one that training began with.",
      valueName: "directory"))
  var base: String?

  @OptionGroup var keeping: KeptEvaluation

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    if data.isEmpty { throw ValidationError("Missing expected argument '--data <file>'") }
    if maxLength < 2 {
      throw ValidationError("'--max-length' is \(maxLength), but must be at least 2.")
    }
    if let batchSize, batchSize < 1 {
      throw ValidationError("'--batch-size' is \(batchSize), but must be at least 1.")
    }
    if let run = keeping.into, resolvedPath(run) != resolvedPath(model) {
      throw ValidationError(
        "'--into' is '\(run)', but '--model' is '\(model)'; a run keeps the perplexity of its own model"
      )
    }
  }

  func run() throws {
    try PipelineFailure.reporting {
      let keptIn = try keeping.run()
      let (kinds, dropped) = try measured(model)
      var result = try PerplexityResult(
        model: model, data: data, kinds: kinds, dropped: dropped, seed: seed,
        isFromEndOfSequence: fromEndOfSequence)
      if let base { try result.compare(with: base, measured(base).kinds, own: kinds) }
      StandardStream.output.writeLine(result.rendered())
      try keptIn?.keep(try result.line, of: .perplexity)
      if json { StandardStream.output.writeLine(try result.line) }
    }
  }

  /// What a model says about the texts, which it reads with its own tokenizer.
  private func measured(
    _ model: String
  ) throws -> (kinds: [(kind: String, documents: [ScoredDocument])], dropped: DroppedRows) {
    let tokenizer = try Tokenizer(directory: model)
    let texts = try PerplexityTexts(
      data, tokenizer: tokenizer, directory: model, maxLength: maxLength,
      isFromEndOfSequence: fromEndOfSequence)
    let scoring = SequenceScoring(
      model: try CausalLanguageModel(directory: model, for: tokenizer),
      batchSize: batchSize.map { .groups($0) } ?? SequenceScoring.usualBatchSize)
    let view = EvaluationView()
    let kinds = try PerplexityEvaluation(texts, scoring: scoring).run { done, tokens in
      try view.show(
        .init(activity: "predicting", done: done, total: texts.count), tokens: tokens)
    }
    view.finish()
    return (kinds, texts.dropped)
  }
}

extension CausalLanguageModel {
  /// Reads a model that must know all ids of a tokenizer.
  ///
  /// - Throws: `TrainingError` where it does not, or what is wrong with the directory.
  fileprivate convenience init(directory: String, for tokenizer: Tokenizer) throws {
    try self.init(directory: directory)
    try configuration.check(tokenizer, of: directory)
  }
}

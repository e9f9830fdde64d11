import ArgumentParser
import Foundation
import LanguageModels
import PreferenceData
import RunRecords
import Tokenization

/// `attune tokenizer train`: a tokenizer of one's own.
struct TokenizerTrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Learn a byte-level byte-pair tokenizer from data.",
    discussion: """
      Learns from all texts of all records, of whatever type: prompts, completions, both sides of \
      pairs, messages. The merges and ids are those that the BpeTrainer of the tokenizers library \
      learns from the same texts, cut as GPT-2 cuts them; special tokens come first, then the 256 \
      bytes, then what is learnt. A special token that stands in the data is learnt from like any \
      other text.

      Writes tokenizer.json and tokenizer_config.json, which attune and transformers open.
      """)

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Files that end in .jsonl, .json or .csv, each perhaps with .gz; or pipes.",
      valueName: "file"))
  var data: [String]

  @Option(
    help: ArgumentHelp(
      "How many tokens there are, special ones and the 256 bytes among them.", valueName: "tokens"))
  var vocabSize: Int

  @Option(help: ArgumentHelp("Directory to make.", valueName: "directory"))
  var out: String

  @Option(
    name: .customLong("special-token"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A further special token; may be given several times.", valueName: "text"))
  var specialTokens: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The special token that ends a sequence.", valueName: "text"))
  var endOfSequence = "<|endoftext|>"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The special token that fills up short sequences; another than the one that ends them.",
      valueName: "text"))
  var padding = "<|padding|>"

  @Option(
    help: ArgumentHelp(
      "How often two tokens must stand side by side to become one; 0 means any number of times.",
      valueName: "count"))
  var minFrequency = 0

  @Flag(help: "Print one line of JSON instead of the sentence.")
  var json = false

  func validate() throws {
    if data.isEmpty { throw ValidationError("Missing expected argument '--data <file>'") }
  }

  func run() throws {
    try Failure.reporting(as: .usage) { try NewFolder.check(out) }
    let recipe = TokenizerRecipe(
      vocabularySize: vocabSize, endOfSequence: endOfSequence, padding: padding,
      furtherSpecialTokens: specialTokens, minimumFrequency: minFrequency)
    var texts = TokenizerTexts(
      trainer: try Failure.reporting(as: .usage) { try TokenizerTrainer(recipe) })
    for file in data { try texts.read(file) }
    try texts.check(data)
    StandardStream.error.writeLine("attune: \(texts.account)")

    let trained = try learn(from: texts.trainer)
    try trained.write(to: out)
    if let note = trained.note { StandardStream.error.writeLine("attune: \(note)") }
    StandardStream.output.writeLine(
      json ? trained.report(texts).line : "\(out): \(trained.summary)")
  }

  /// Learns the merges, until it is done or asked to stop; nothing has been written by then.
  private func learn(from trainer: TokenizerTrainer) throws -> TrainedTokenizer {
    let progress = TerminalProgress(
      on: .error, environment: ProcessInfo.processInfo.environment, plainEvery: 1000)
    Interruption.listen()
    let start = ContinuousClock.now
    let trained = try trainer.train { learnt, total in
      if let signal = Interruption.requested {
        progress.clear()
        throw Failure(
          signal.exitStatus, "stopped after \(learnt) of \(total) merges; \(out) was not written")
      }
      guard learnt > 0 else { return }
      let now = ContinuousClock.now
      progress.update(
        ProgressSnapshot(activity: "merging", step: learnt, total: total, elapsed: now - start),
        at: now)
    }
    progress.clear()
    return trained
  }
}

import ArgumentParser
import Foundation
import LanguageModels
import PreferenceData
import Tokenization
import Trainers
import TrainingConfiguration

/// `attune score`: what a model thinks of completions.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Write the log probability or the reward of each completion.",
    discussion: """
      For pairs, each row of the output has chosen_log_probability, chosen_tokens, \
      rejected_log_probability and rejected_tokens; for prompts with completions, and for texts, \
      log_probability and tokens. Log probabilities are in nats, summed over the completion. \
      Tokenization is that of training: the end of sequence is part of a completion, but nothing \
      is added to a text.

      With --reward-model, rows have score, or chosen_score and rejected_score, or the scores of a \
      ranking's completions; those of an ensemble also what its members say and their variance. \
      A reward model of feature vectors reads rows with features, or with chosen_features and \
      rejected_features.

      Each row of the input has a row in the output. One that cannot be scored (a tie, identical \
      sides, an empty completion, a prompt that is too long) has null and a reason.
      """)

  @Option(
    help: ArgumentHelp("Language model, for log probabilities.", valueName: "directory"))
  var model: String?

  @Option(help: ArgumentHelp("Reward model, for scores.", valueName: "directory"))
  var rewardModel: String?

  @Option(
    help: ArgumentHelp(
      "Pairs, prompts with completions, or texts: .jsonl, .json or .csv, perhaps with .gz.",
      valueName: "file"))
  var data: String

  @Option(
    help: ArgumentHelp(
      "JSON Lines to write, compressed if it ends in .gz.", valueName: "file"))
  var out: String

  @Flag(help: "Write the log probability and the id of each token too.")
  var perToken = false

  @Option(
    help: ArgumentHelp(
      "Rows in a batch: memory and time, never the result (default: as suits their length).",
      valueName: "rows"))
  var batchSize: Int?

  @Option(
    help: ArgumentHelp(
      "Tokens of prompt and completion together; what is beyond is cut off (default: no limit).",
      valueName: "tokens"))
  var maxLength: Int?

  @Flag(
    help: "Give scores in deviations from the mean of the reward model's reference set.")
  var normalized = false

  @Option(
    help: """
      How the members of an ensemble become one score; uwo is the mean minus lambda times the \
      variance.
      """)
  var aggregate: AggregationChoice = .mean

  @Option(
    help: ArgumentHelp(
      "What uwo multiplies the variance by (default: 0.5).", valueName: "number"))
  var lambda: Double?

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    switch (model, rewardModel) {
    case (nil, nil), (_?, _?):
      throw ValidationError("give '--model' for log probabilities or '--reward-model' for scores")
    case (_?, nil):
      if normalized || aggregate != .mean {
        throw ValidationError("'--normalized' and '--aggregate' are about '--reward-model'")
      }
    case (nil, _?):
      if perToken { throw ValidationError("'--per-token' is about '--model'") }
    }
    if lambda != nil, aggregate != .uwo {
      throw ValidationError("'--lambda' is about '--aggregate uwo'")
    }
    if let lambda, !(lambda >= 0 && lambda.isFinite) {
      throw ValidationError("'--lambda' is \(lambda), but must be at least 0.")
    }
    for (name, value) in [("--batch-size", batchSize), ("--max-length", maxLength)] {
      if let value, value < 1 {
        throw ValidationError("'\(name)' is \(value), but must be at least 1.")
      }
    }
  }

  func run() throws {
    // First, so that an output which cannot be does not cost the time of scoring.
    let writer = try JSONLinesWriter(path: out)
    if let rewardModel {
      let report = try scoreByRewardModel(rewardModel, to: writer)
      if json { StandardStream.output.writeLine(report.line) }
    } else if let model {
      try scoreByModel(model, to: writer)
    }
  }

  private var scoredAtOnce: SequenceScoring.BatchSize {
    batchSize.map { .groups($0) } ?? SequenceScoring.usualBatchSize
  }

  private func scoreByRewardModel(
    _ directory: String, to writer: consuming JSONLinesWriter
  ) throws -> JSONReport {
    func reading(_ models: [any ScoreModel]) throws -> RewardReading {
      try RewardReading(
        models, isNormalized: normalized, aggregation: aggregate, lambda: lambda ?? 0.5)
    }
    guard try FeatureScoring.reads(directory) else {
      let scoring = try RewardScoring(directory: directory, batchSize: scoredAtOnce)
      let session = RewardScoringSession(
        input: try RewardScoringInput(path: data, scoring: scoring, maxLength: maxLength),
        scoring: scoring, reading: try reading(scoring.models))
      return try session.run(out, to: writer)
    }
    for (flag, value) in [("--max-length", maxLength), ("--batch-size", batchSize)] {
      guard value == nil else {
        throw ValidationError(
          "'\(flag)' is about text, and \(directory) reads vectors of features; leave it out")
      }
    }
    let scoring = try FeatureScoring(directory: directory)
    let start = ContinuousClock.now
    let file = try FeatureFile(data, width: scoring.width)
    let rows = zip(file.rows, try scoring.scores(of: file.rows)).map {
      RewardScoreFile.Row(source: $0.source, scores: $1)
    }
    return try RewardScoreFile(
      naming: file.arePairs ? .pair : .single, reading: try reading(scoring.models)
    ).write(rows, to: writer, seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  private func scoreByModel(_ model: String, to writer: consuming JSONLinesWriter) throws {
    let tokenizer = try Tokenizer(directory: model)
    let input = try ScoringInput(
      path: data, tokenizer: tokenizer, directory: model, maxLength: maxLength)
    let scoring = SequenceScoring(
      model: try loadedModel(model, for: tokenizer), batchSize: scoredAtOnce)

    var file = ScoreFile(writer, of: input, perToken: perToken)
    var summary = ScoringSummary(input)
    let progress = TerminalProgress(
      on: .error, environment: ProcessInfo.processInfo.environment, plainEvery: 100)
    Interruption.listen()
    let scorable = input.rows.indices.filter { input.rows[$0].sequences != nil }
    try scoring.score(scorable.compactMap { input.rows[$0].sequences }) { range, scores in
      for (index, scores) in zip(scorable[range], scores) {
        try file.write(scores, ofRow: index)
        summary.add(scores)
        progress.update(summary.progress(of: scorable.count), at: .now)
      }
      if let signal = Interruption.requested {
        progress.clear()
        throw Failure(
          signal.exitStatus,
          "stopped after \(range.upperBound) of \(scorable.count) rows; \(out) was not written")
      }
    }
    progress.finish()
    try file.commit()
    for note in summary.notes { StandardStream.error.writeLine("attune: \(note)") }
    if json { StandardStream.output.writeLine(summary.report.line) }
  }

  private func loadedModel(_ model: String, for tokenizer: Tokenizer) throws -> CausalLanguageModel
  {
    let languageModel = try CausalLanguageModel(directory: model)
    try languageModel.configuration.check(tokenizer, of: model)
    return languageModel
  }
}

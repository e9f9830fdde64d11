import ArgumentParser
import Foundation
import Pipelines
import Trainers

/// `attune evaluate reward`: what a reward model is worth.
struct EvaluateRewardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reward",
    abstract: "Measure a reward model: accuracy, calibration, biases, distance from its data.",
    discussion: """
      Pairs count as one comparison, rankings as one for each two completions of unequal rank. \
      Equal scores are wrong. Beside the model stand guessing, and always picking the longer or \
      the shorter completion, in tokens.

      Probes change completions in one respect that adds nothing, and ask how often the change \
      scores higher. A length correction is fitted on one half of the prompts (or on --fit-data) \
      and tested on the other; --save-correction writes it into the model's reward_model.json, \
      after which everything that scores applies it.

      JSON Lines may say more about their rows: category, kind or metadata for a table of its \
      own, gold_chosen and gold_rejected (gold for rankings) for agreement with the truth, votes \
      ({"chosen": 2, "rejected": 1}, as attune annotate export writes) for the agreement of the \
      annotators with each other, which is the ceiling, and with the model.
      """)

  @Option(
    help: ArgumentHelp(
      "Reward model: what attune reward has written, or a one-label sequence classifier.",
      valueName: "directory"))
  var model: String

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Preference pairs or rankings: .jsonl, .json or .csv, each perhaps with .gz.",
      valueName: "file"))
  var data: [String] = []

  @Option(
    help: ArgumentHelp(
      "The helpful, honest and harmless comparisons (438HHHEvaluations.jsonl), beside the data or "
        + "in its place.", valueName: "file"))
  var hhh: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Pairs or rankings that are usual, such as the training data: how far is the data from them?",
      valueName: "file"))
  var referenceData: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Pairs or rankings to fit the length correction on (default: half of the prompts).",
      valueName: "file"))
  var fitData: [String] = []

  @Option(
    help: ArgumentHelp(
      "Directory for evaluation.json and report.html.", valueName: "directory"))
  var out: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Which probes are made: all, none, some by name, or those of the sandbox world.",
      valueName: "name"))
  var probes: [ProbeChoice] = [.all]

  @Option(help: ArgumentHelp("Rows that probes are made of, at most.", valueName: "rows"))
  var probeRows = 1000

  @Option(
    help: ArgumentHelp(
      "The field that names a row's category (default: category, else kind, also in metadata).",
      valueName: "field"))
  var category: String?

  @Option(help: ArgumentHelp("Bins of confidence from 0.5 to 1.", valueName: "count"))
  var bins = 10

  @Option(help: ArgumentHelp("What all draws depend on.", valueName: "number"))
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "Leave out rows of more tokens, prompt and completion together (default: no limit).",
      valueName: "tokens"))
  var maxLength: Int?

  @Option(
    help: ArgumentHelp(
      "Rows in a batch: memory and time, never the result (default: as suits their length).",
      valueName: "rows"))
  var batchSize: Int?

  @Flag(help: "Write the length correction into the model.")
  var saveCorrection = false

  @Flag(help: "Replace an evaluation in --out, and a length correction in the model.")
  var overwrite = false

  @OptionGroup var keeping: KeptEvaluation

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    if data.isEmpty, hhh == nil { throw ValidationError("give '--data', '--hhh' or both") }
    for (name, value) in [
      ("--bins", bins), ("--probe-rows", probeRows), ("--max-length", maxLength ?? 1),
      ("--batch-size", batchSize ?? 1),
    ] where value < 1 {
      throw ValidationError("'\(name)' is \(value), but must be at least 1.")
    }
    if data.isEmpty, category != nil {
      throw ValidationError("'--category' is about '--data'")
    }
    if overwrite, out == nil, !saveCorrection {
      throw ValidationError("'--overwrite' is about '--out' and '--save-correction'")
    }
    _ = try ProbeChoice.set(of: probes)
  }

  func run() throws {
    try PipelineFailure.reporting {
      // First, so that what cannot be written does not cost the time of scoring.
      let output = try out.map { try EvaluationOutput(directory: $0, overwrites: overwrite) }
      let keptIn = try keeping.run()
      if saveCorrection, !overwrite { try LengthCorrectionStore.checkIsFree(model) }
      let evaluation = try plannedEvaluation()
      let scorer = RewardModelScorer(
        try RewardScoring(
          directory: model,
          batchSize: batchSize.map { .groups($0) } ?? SequenceScoring.usualBatchSize),
        maxLength: maxLength)
      let view = EvaluationView()
      let result = try evaluation.run(by: scorer) { try view.show($0) }
      view.finish()

      try output?.write(result, version: Attune.version)
      StandardStream.output.writeLine(RewardEvaluationTables(result).rendered())
      if let out {
        view.note("the result is in \(out)/evaluation.json, its page in \(out)/report.html")
      }
      if saveCorrection { try save(result.correction, view) }
      try keptIn?.keep(try result.line, of: .reward)
      if json { StandardStream.output.writeLine(try result.line) }
    }
  }

  private func save(_ correction: CorrectionResult?, _ view: EvaluationView) throws {
    guard let correction else { throw PipelineError.noLengths }
    let files = try LengthCorrectionStore.save(correction.correction, in: model)
    view.note("the length correction is in \(files.joined(separator: ", "))")
  }

  private func plannedEvaluation() throws -> RewardEvaluation {
    func source(_ files: [String]) throws -> RewardEvaluation.Source? {
      files.isEmpty ? nil : .init(files: files, content: try JudgedData(files))
    }
    let items = try hhh.map {
      RewardEvaluation.Source(files: [$0], content: try HHHItems.read($0))
    }
    let rows =
      try data.isEmpty
      ? nil
      : RewardEvaluation.Source(files: data, content: JudgedData(data, category: category))
    guard let evaluated = rows ?? items else { preconditionFailure("nothing to evaluate on") }
    var evaluation = RewardEvaluation(model: model, data: evaluated)
    if rows != nil { evaluation.hhh = items }
    evaluation.fitData = try source(fitData)
    evaluation.reference = try source(referenceData)
    evaluation.probes = try ProbeChoice.set(of: probes)
    evaluation.probeLimit = probeRows
    evaluation.bins = bins
    evaluation.seed = seed
    return evaluation
  }
}

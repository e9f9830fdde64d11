import ArgumentParser
import Pipelines

/// `attune evaluate compare`: which of several models answers better.
struct EvaluateCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare models on the same prompts: scores, win rates, KL, diversity, refusals.",
    discussion: """
      Every model answers every prompt, and a judge says who is better: gold (the sandbox's judge), \
      reward:DIR (a reward model) or model:DIR (a language model that is shown two answers in both \
      orders and prefers the letter A or B; a preference counts only if both orders agree. A model \
      without instruction training judges at chance). Further judges are reported with --also.

      Completions of one prompt are compared one with one; a tie is half a win. Intervals are of \
      95 %, prompts drawn with replacement. With the win rate come a sign test over prompts with \
      Holm's correction, the win rate controlled for length, and the strengths of all models by \
      Bradley and Terry. KL is measured from --reference over the models' own samples.

      Refusals are counted on prompts that are known to be harmful or harmless: gold knows; else a \
      row's field harmful, true or false, says so, or a field kind that is harmful. Safe answers to \
      harmful prompts decline, give no instructions and insult nobody; only gold can tell.

      With --into, one of the models must be that of the run: attune evaluate gate looks at its win \
      rate. Models are called by the last component of their paths, as --baseline names them.
      """)

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Model directories, at least two.", valueName: "directory"))
  var models: [String]

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Any files of records that have a prompt: .jsonl, .json or .csv, each perhaps with .gz.",
      valueName: "file"))
  var prompts: [String]

  @Option(help: ArgumentHelp("Who decides: gold, reward:DIR or model:DIR.", valueName: "judge"))
  var judge = JudgeChoice.gold

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Further judges, whose mean scores are reported: gold, reward:DIR.", valueName: "judge"))
  var also: [JudgeChoice] = []

  @Option(
    help: ArgumentHelp(
      "The model that the others are compared with (default: the first).", valueName: "name"))
  var baseline: String?

  @Option(help: ArgumentHelp("The model that KL is measured from.", valueName: "directory"))
  var reference: String?

  @OptionGroup(title: "Sampling") var sampling: ComparisonFlags

  @Option(help: ArgumentHelp("Which world gold knows (default: 0).", valueName: "number"))
  var worldSeed: UInt64?

  @Option(
    help: ArgumentHelp(
      "JSON Lines to write, a row a completion, compressed if it ends in .gz.", valueName: "file"))
  var out: String?

  @Option(
    help: ArgumentHelp(
      "Write a page with charts; one that is there is replaced.", valueName: "file.html"))
  var report: String?

  @OptionGroup var keeping: KeptEvaluation

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    if models.count < 2 {
      throw ValidationError("'--models' has \(models.count) directory, but must have two at least.")
    }
    if prompts.isEmpty { throw ValidationError("Missing expected argument '--prompts <file>'") }
    if also.contains(where: { $0.scorer(worldSeed: 0) == nil }) {
      throw ValidationError("'--also' is about scores, which model:DIR does not give.")
    }
    let judges = [judge] + also
    if judges.indices.contains(where: { judges[..<$0].contains(judges[$0]) }) {
      throw ValidationError("'--judge' and '--also' name the same judge twice.")
    }
    if worldSeed != nil, !judges.contains(.gold) {
      throw ValidationError("'--world-seed' is about the judge gold.")
    }
    if let report, !report.lowercased().hasSuffix(".html") {
      throw ValidationError("'--report' is '\(report)', but the page's name must end in .html")
    }
    let compared = ComparedModels(models)
    if let baseline { try compared.checkBaseline(baseline) }
    if let run = keeping.into { _ = try compared.subject(ofRunAt: run) }
  }

  func run() throws {
    try PipelineFailure.reporting {
      // First, so that what cannot be written does not cost the time of sampling.
      let run = try keeping.run()
      let files = try ComparisonFiles(out: out, report: report)
      let view = EvaluationView()
      let (result, answers) = try plannedComparison().run { try view.show($0) }
      view.finish()
      let line = try JSONLine.text(of: result)
      try files.write(result, answers, version: Attune.version)
      StandardStream.output.writeLine(ComparisonTables(result).rendered())
      for (name, path) in [("rows are", out), ("page is", report)] {
        if let path { view.note("the \(name) in \(path)") }
      }
      try run?.keep(line, of: .compare)
      if json { StandardStream.output.writeLine(line) }
    }
  }

  private func plannedComparison() throws -> ModelComparison {
    let compared = ComparedModels(models)
    let world = worldSeed ?? 0
    var comparison = ModelComparison(
      models: compared.models, prompts: try ComparedPrompt.read(prompts),
      judge: judge.judge(worldSeed: world))
    comparison.data = prompts
    comparison.furtherJudges = also.compactMap { $0.scorer(worldSeed: world) }
    comparison.baseline = baseline
    comparison.reference = reference
    comparison.subject = try keeping.into.map { try compared.subject(ofRunAt: $0) }
    comparison.sampling = sampling.parameters
    comparison.completions = sampling.n ?? 1
    return comparison
  }
}

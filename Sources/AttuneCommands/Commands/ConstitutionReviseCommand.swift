import ArgumentParser
import Oversight
import Pipelines
import PreferenceData
import Trainers

/// `attune constitution revise`: a model criticises and revises its answers.
struct ConstitutionReviseCommand: AsynchronousCommand {
  static let configuration = CommandConfiguration(
    commandName: "revise",
    abstract: "Have a model answer prompts, criticise its answers, and revise them.",
    discussion: """
      For each prompt: an answer, then --revisions times a principle is drawn, the model criticises the answer by it \
      and writes a revision, which takes the answer's place. A revision that is empty or says the same does not, nor \
      with --reward one that the reward model scores lower.

      --out gets demonstrations (prompt, completion, metadata with every step) for attune sft; --pairs preferences \
      (the revised over the initial answer, the last critique as the reason) for attune dpo.

      Every answer of the model is kept in --journal as soon as it is there. The same command goes on where it was \
      interrupted and asks nothing twice.
      """)

  @OptionGroup(title: "Model") var overseer: OverseerFlags

  @Option(
    help: ArgumentHelp("Any file of records that have a prompt.", valueName: "file"))
  var prompts: String

  @OptionGroup(title: "Constitution") var constitution: ConstitutionFlags

  @Option(help: ArgumentHelp("Critiques and revisions of each answer.", valueName: "count"))
  var revisions = 4

  @Option(help: ArgumentHelp("Demonstrations to write, as JSON Lines.", valueName: "file"))
  var out: String

  @Option(help: ArgumentHelp("Preferences to write, as JSON Lines.", valueName: "file"))
  var pairs: String?

  @Flag(help: "Write a demonstration of every revision, and not of the last alone.")
  var everyRevision = false

  @Flag(
    help: "Begin with the response or completion of each row, and have the model answer nothing.")
  var fromResponses = false

  @Option(
    help: ArgumentHelp(
      "A reward model, by which worse revisions are left out.", valueName: "directory"))
  var reward: String?

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    if revisions < 1 {
      throw ValidationError("'--revisions' is \(revisions), but must be at least 1.")
    }
  }

  func run() async throws {
    let constitution = try constitution.constitution()
    let revision = try Failure.reporting(as: .data) {
      try ConstitutionalRevision(constitution, revisions: revisions, seed: overseer.seed)
    }
    let rows = try OverseenRow.read(prompts, withResponses: fromResponses)
    var demonstrations = try JSONLinesWriter(path: out)
    var preferences: JSONLinesWriter?
    if let pairs { preferences = try JSONLinesWriter(path: pairs) }
    let scoring = try reward.map { try RewardScoring(directory: $0) }
    let model = try overseer.overseer(journal: "\(out).journal.jsonl")
    let answers = try await revision(
      rows.map(\.prompt), responses: fromResponses ? rows.compactMap(\.response) : nil,
      by: model.completer,
      scores: scoring.map { scoring in { try Self.scores($0, $1, by: scoring) } })
    model.finish()
    let provenance = RevisedAnswer.Provenance(
      constitution: constitution.version, model: model.name, seed: overseer.seed)
    var (written, paired) = (0, 0)
    for answer in answers {
      let rows =
        everyRevision && !answer.kept.isEmpty
        ? answer.demonstrations(provenance) : [answer.demonstration(provenance)].compactMap { $0 }
      for row in rows { try demonstrations.write(row) }
      written += rows.count
      if let row = answer.preference(provenance) {
        try preferences?.write(row)
        paired += 1
      }
    }
    try demonstrations.commit()
    if let preferences = preferences.take() { try preferences.commit() }
    let summary = RevisionSummary(answers)
    StandardStream.output.writeLine(summary.table.rendered())
    model.note("\(NumberText.grouped(written)) demonstrations in \(out)")
    if let pairs { model.note("\(NumberText.grouped(paired)) preferences in \(pairs)") }
    model.noteUsage()
    if json {
      var report = summary.report
      report.add("demonstrations", written)
      report.add("preferences", paired)
      model.add(to: &report)
      StandardStream.output.writeLine(report.line)
    }
  }

  private static func scores(
    _ prompts: [String], _ answers: [String], by scoring: RewardScoring
  ) throws -> [Double] {
    let groups = zip(prompts, answers).map {
      scoring.group(prompt: $0, completions: [" \($1)"])
    }
    var scores: [Double] = []
    try scoring.score(groups) { _, batch in scores += batch.map { $0[0].value } }
    return scores
  }
}

import AnnotationStore
import ArgumentParser
import Endpoints
import Foundation
import Oversight
import Pipelines
import PreferenceData

/// `attune redteam run`: challenges for a model, and what its failures teach.
struct RedTeamRunCommand: AsynchronousCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Ask a model challenges, and turn its failures into data.",
    discussion: """
      Harmful prompts that are answered are attacks that succeed; harmless ones that are refused are refused too \
      much. Both are shown by category, with intervals of 95 %; failing answers that say nearly the same are shown \
      together.

      --out gets answers.jsonl (every answer with what was read in it), failures.jsonl (prompt, completion and label, \
      for attune kto), pairs.jsonl (prompt, chosen and rejected where one prompt had a proper and a failing answer: \
      ask for several --samples), evaluation.json and report.html. With --project, failing prompts become tasks for \
      people. Challenges that are held out never become data.
      """)

  @OptionGroup(title: "Model") var overseer: OverseerFlags

  @OptionGroup(title: "Challenges") var challenges: ChallengeFlags

  @Option(help: "Which part of the suite: open, held-out or all.")
  var part = ChallengeFlags.Part.open

  @Option(help: ArgumentHelp("Directory for all of it.", valueName: "directory"))
  var out: String

  @Option(
    help: ArgumentHelp(
      "An annotation project that gets prompts with failing answers.", valueName: "file"))
  var project: String?

  @Flag(help: "Replace what an earlier run has left in --out.")
  var overwrite = false

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func run() async throws {
    let run = try challenges.run(part, seed: overseer.seed)
    let annotation = try project.map { try AnnotationProject(at: $0) }
    let output = try EvaluationOutput(directory: out, overwrites: overwrite)
    let model = try overseer.overseer(
      journal: "\(out)/journal.jsonl", withheld: .empty)
    var evaluation = SafetyEvaluation(model: model.name, challenges: run)
    evaluation.suite = challenges.suiteName
    evaluation.part = part.rawValue
    evaluation.judge = challenges.judge.name
    evaluation.classifier = challenges.harm.classifier
    let (result, outcomes) = try await evaluation(model.completer, scorer: model.scorer)
    model.finish()
    let export = RedTeamExport(outcomes)
    let failures = export.unpairedRows
    let pairs = export.preferencePairs
    for (name, rows) in [
      ("answers", outcomes.map(\.row)), ("failures", failures), ("pairs", pairs),
    ] {
      var writer = try JSONLinesWriter(path: "\(out)/\(name).jsonl")
      for row in rows { try writer.write(row) }
      try writer.commit()
    }
    try output.write(result, version: Attune.version, command: "redteam run")
    let tasks = try annotation.map { try add(export.annotationTasks, to: $0) }
    StandardStream.output.writeLine(SafetyTables(result).rendered())
    model.note(
      "\(NumberText.grouped(failures.count)) judged answers and \(NumberText.grouped(pairs.count)) pairs to learn from, "
        + "and the page, are in \(out)")
    if let tasks, let project {
      model.note("\(NumberText.grouped(tasks)) new tasks of \(project)")
    }
    model.noteUsage()
    if json { StandardStream.output.writeLine(try JSONLine.text(of: result)) }
  }

  /// Makes tasks of failing prompts.
  private func add(_ rows: [JSONObject], to project: AnnotationProject) throws -> Int {
    let tasks = rows.compactMap { row -> NewTask? in
      guard case .string(let prompt)? = row["prompt"],
        case .array(let responses)? = row["responses"]
      else { return nil }
      var task = NewTask(
        prompt: .text(prompt),
        responses: responses.compactMap {
          if case .string(let text) = $0 { .init(.text(text), model: nil) } else { nil }
        })
      if case .string(let stratum)? = row["stratum"] { task.stratum = stratum }
      return task
    }
    return try Failure.reporting(as: .data) { try project.add(tasks, now: Date()) }.added
  }
}

extension ChallengeOutcome {
  /// The row of an answer.
  fileprivate var row: JSONObject {
    var row: JSONObject = [
      "id": .string(challenge.id), "category": .string(challenge.category),
      "harmful": .boolean(challenge.isHarmful), "held_out": .boolean(challenge.isHeldOut),
      "mutation": mutation.map { .string($0.rawValue) } ?? .null,
      "sample": .number(Double(sample)), "prompt": .string(prompt),
      "response": .string(response), "stance": .string(reading.stance.rawValue),
      "explains": .boolean(reading.explains), "proper": .boolean(isProper),
    ]
    if let harmProbability { row.set("harm_probability", to: .number(harmProbability)) }
    return row
  }
}

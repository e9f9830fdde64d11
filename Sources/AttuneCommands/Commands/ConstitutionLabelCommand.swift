import AnnotationStore
public import ArgumentParser
import Evaluations
import Foundation
public import Oversight
import Pipelines
import PreferenceData
import Reports

/// `attune constitution label`: a model says which of two answers is better.
struct ConstitutionLabelCommand: AsynchronousCommand {
  static let configuration = CommandConfiguration(
    commandName: "label",
    abstract: "Have a model say which of two answers is better, as soft labels.",
    discussion: """
      For each pair a principle is drawn, and the model is asked which answer is better by it. The label is the \
      probability that it gives the one option beside the other, asked in both orders and averaged. Rows of --out have \
      prompt, chosen, rejected and agreement, the probability that chosen is better: attune dpo --agreement \
      probability learns from it, and --agreement ignore from the harder side alone.

      --data: preference pairs, whose own judgments are kept aside and compared with in the end, or the rows of \
      attune generate --n 2. With --reasoning the model thinks aloud before it answers; such labels are too sure of \
      themselves and are clamped to 0.4 … 0.6. With --project, pairs whose label is within --band of ½ become tasks \
      for people and are left out of --out.
      """)

  @OptionGroup(title: "Model") var overseer: OverseerFlags

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Pairs of answers: .jsonl, .json or .csv, each perhaps with .gz.", valueName: "file"))
  var data: [String]

  @OptionGroup(title: "Constitution") var constitution: ConstitutionFlags

  @Option(help: ArgumentHelp("Labels to write, as JSON Lines.", valueName: "file"))
  var out: String

  @Option(
    help: ArgumentHelp("In which orders each pair is shown: both or one.", valueName: "orders"))
  var orders = ConstitutionalLabelling.Orders.both

  @Option(
    help: ArgumentHelp(
      "Principles that each pair is asked by; the label is their mean.", valueName: "count"))
  var principlesEach = 1

  @Flag(help: "Have the model think aloud before it answers.")
  var reasoning = false

  @Option(
    help: ArgumentHelp(
      "An annotation project that gets the pairs which the model is unsure of.", valueName: "file"))
  var project: String?

  @Option(
    help: ArgumentHelp(
      "How near to ½ a label is unsure (default: 0.1); with --project.", valueName: "probability"))
  var band: Double?

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    if data.isEmpty { throw ValidationError("Missing expected argument '--data <file>'") }
    if principlesEach < 1 {
      throw ValidationError("'--principles-each' is \(principlesEach), but must be at least 1.")
    }
    if band != nil, project == nil { throw ValidationError("'--band' is about '--project'.") }
    if let band, !(band > 0 && band <= 0.5) {
      throw ValidationError("'--band' is \(band), but must be above 0 and at most 0.5.")
    }
  }

  func run() async throws {
    let constitution = try constitution.constitution()
    var labelling = try Failure.reporting(as: .data) {
      try ConstitutionalLabelling(constitution, seed: overseer.seed)
    }
    labelling.orders = orders
    labelling.principlesEach = principlesEach
    var pairs: [UnlabelledPair] = []
    try PipelineFailure.reporting {
      let dataset = try UnlabelledPair.read(data, seed: overseer.seed)
      pairs = dataset.records
      for line in dataset.dropped.description.split(separator: "\n") {
        StandardStream.error.writeLine("attune: left out \(line)")
      }
    }
    let annotation = try project.map { try AnnotationProject(at: $0) }
    var writer = try JSONLinesWriter(path: out)
    let model = try overseer.overseer(journal: "\(out).journal.jsonl")
    let compared = pairs.map(\.compared)
    let labels =
      reasoning
      ? try await labelling.reasonedLabels(
        of: compared, by: model.scorer, reasoner: model.completer)
      : try await labelling.labels(of: compared, by: model.scorer)
    model.finish()
    let provenance = RevisedAnswer.Provenance(
      constitution: constitution.version, model: model.name, seed: overseer.seed)
    var unsure: [UnlabelledPair] = []
    var written = 0
    for (pair, label) in zip(pairs, labels) {
      if annotation != nil, label.isUncertain(within: band ?? 0.1) {
        unsure.append(pair)
      } else if let row = pair.preference(label, provenance) {
        try writer.write(row)
        written += 1
      }
    }
    try writer.commit()
    let added = try annotation.map { try add(unsure, to: $0) }
    let summary = LabelSummary(labels, firstIsBetter: pairs.map(\.firstIsBetter))
    StandardStream.output.writeLine(summary.table.rendered())
    model.note("\(NumberText.grouped(written)) labels in \(out)")
    if let added, let project {
      model.note(
        "\(NumberText.grouped(unsure.count)) pairs are unsure, of which \(NumberText.grouped(added)) are new tasks "
          + "of \(project)")
    }
    model.noteUsage()
    if json {
      var report = summary.report
      report.add("labels", written)
      report.add("unsure", unsure.count)
      model.add(to: &report)
      StandardStream.output.writeLine(report.line)
    }
  }

  /// Makes tasks of pairs.
  ///
  /// - Returns: How many were not in the project yet.
  private func add(_ pairs: [UnlabelledPair], to project: AnnotationProject) throws -> Int {
    let tasks = pairs.map { pair in
      NewTask(
        prompt: .text(pair.prompt),
        responses: [pair.first, pair.second].map { .init(.text($0), model: nil) })
    }
    return try Failure.reporting(as: .data) { try project.add(tasks, now: Date()) }.added
  }
}

extension ConstitutionalLabelling.Orders: ExpressibleByArgument {}

extension LabelSummary {
  /// What the labels say about the model.
  var table: Table {
    var table = Table(.init("labels"), .init("", .right))
    func share(_ share: Proportion) -> String {
      guard let value = share.value, let interval = share.interval() else { return "–" }
      return "\(NumberLabel.percent(value)) (\(NumberLabel.percent(interval.lower)) to "
        + "\(NumberLabel.percent(interval.upper))) of \(NumberText.grouped(share.count))"
    }
    table.append("the two orders name different answers", share(flips))
    table.append(
      "favour of what stands first",
      positionBias.map { NumberText.significant($0, digits: 3) } ?? "–")
    table.append(
      "mean distance from ½", decisiveness.map { NumberText.significant($0, digits: 3) } ?? "–")
    table.append("agree with the data's own judgments", share(agreement))
    return table
  }

  /// The same for `--json`.
  var report: JSONReport {
    var report = JSONReport()
    func add(_ name: String, _ share: Proportion) {
      var row = JSONReport()
      row.add("value", share.value ?? .nan)
      row.add("lower", share.interval()?.lower ?? .nan)
      row.add("upper", share.interval()?.upper ?? .nan)
      row.add("count", share.count)
      report.add(name, row)
    }
    add("flips", flips)
    report.add("position_bias", positionBias ?? .nan)
    report.add("decisiveness", decisiveness ?? .nan)
    add("agreement", agreement)
    return report
  }
}

import AnnotationStore
public import ArgumentParser
public import Evaluations
import Pipelines
import PreferenceData

/// `attune annotate agreement`: how far annotators agree.
struct AnnotateAgreementCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agreement",
    abstract: "Say how far annotators agree: percent, κ, α and AC1, with intervals.",
    discussion: """
      Of a project: each thing that was asked, at its level. Of any table, with --data: the table has the columns item, annotator and value, one row a judgment, in any order. Not \
      everybody has to judge everything: a missing row, or an empty value, is a judgment that was not \
      given.

      The level says what a difference means: nominal (equal or not: A, B, tie), ordinal (only the \
      order counts: 1 to 5), interval (differences count: −2 to 2) or ratio (quotients count, from a \
      true zero). The same data can agree well at one level and badly at another.

      Cohen's κ is the mean over pairs of annotators with five shared items or more, each by the number \
      of its items; it is plain for nominal, has linear weights of places in the scale for ordinal and \
      quadratic weights for interval and ratio. Percent agreement, Fleiss' κ and AC1 know only equal and \
      unequal. Intervals are of 95 %, items drawn with replacement a thousand times.
      """)

  @Argument(help: ArgumentHelp("The project's file.", valueName: "project"))
  var project: String?

  @Option(
    help: ArgumentHelp(
      "Table with item, annotator, value: .csv, .jsonl or .json, perhaps with .gz.",
      valueName: "file"))
  var data: String?

  @Option(help: ArgumentHelp("What a difference means.", valueName: "level"))
  var level: MeasurementLevel?

  @Option(help: ArgumentHelp("Of the draws for intervals.", valueName: "number"))
  var seed: UInt64 = 0

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    guard (project == nil) != (data == nil) else {
      throw ValidationError("Give a project, or a table with '--data'.")
    }
    guard (data == nil) == (level == nil) else {
      throw ValidationError("'--data' and '--level' go together.")
    }
  }

  func run() throws {
    if let project { try report(project: project) }
    if let data, let level { try report(table: data, level) }
  }

  private func report(project path: String) throws {
    let questions = try AnnotationProject(at: path).agreement(seed: seed)
    guard !questions.isEmpty else {
      throw Failure(.data, "\(path): no task has two judgments yet")
    }
    let tables = questions.map {
      AgreementTables($0.summary, of: "\(path), \($0.question)").rendered()
    }
    StandardStream.output.writeLine(tables.joined(separator: "\n\n"))
    if json { StandardStream.output.writeLine(try JSONLine.text(of: questions)) }
  }

  private func report(table data: String, _ level: MeasurementLevel) throws {
    let table = try RatingTable(data, as: level.valueKind)
    let ratings = Ratings(table)
    guard ratings.count > 0 else {
      throw Failure(.data, "\(data): no row has a value; give at least one judgment")
    }
    var summary = AgreementSummary(ratings, level: level, seed: seed)
    if table.missing > 0 { summary.notes.append(Self.note(onMissing: table.missing)) }
    StandardStream.output.writeLine(AgreementTables(summary, of: data).rendered())
    if json { StandardStream.output.writeLine(try JSONLine.text(of: summary)) }
  }

  private static func note(onMissing count: Int) -> String {
    count == 1
      ? "1 row has no value and counts as a judgment that was not given"
      : "\(NumberText.grouped(count)) rows have no value and count as judgments that were not given"
  }
}

extension MeasurementLevel {
  /// What values must be at this level.
  fileprivate var valueKind: RatingTable.ValueKind {
    switch self {
    case .nominal: .categories
    case .ordinal, .interval: .numbers
    case .ratio: .amounts
    }
  }
}

extension MeasurementLevel: ExpressibleByArgument {}

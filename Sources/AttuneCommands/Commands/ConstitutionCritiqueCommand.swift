import ArgumentParser
import Oversight
import PreferenceData

/// `attune constitution critique`: which principles answers break.
struct ConstitutionCritiqueCommand: AsynchronousCommand {
  static let configuration = CommandConfiguration(
    commandName: "critique",
    abstract: "Have a model say which principles an answer breaks, and what to change.",
    discussion: """
      For each answer and each principle with a critique, the model is asked whether the answer breaks it, in both \
      orders of Yes and No; where the probability exceeds --threshold, the model criticises. Rows of --out have \
      prompt, response, violated (names), suggestions by name, and the probabilities by name.
      """)

  @OptionGroup(title: "Model") var overseer: OverseerFlags

  @Option(
    help: ArgumentHelp(
      "Records with prompt and response, or completion.", valueName: "file"))
  var data: String

  @OptionGroup(title: "Constitution") var constitution: ConstitutionFlags

  @Option(help: ArgumentHelp("Findings to write, as JSON Lines.", valueName: "file"))
  var out: String

  @Option(
    help: ArgumentHelp(
      "The probability above which a principle counts as broken.", valueName: "probability"))
  var threshold = 0.5

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    if !(0...1).contains(threshold) {
      throw ValidationError("'--threshold' is \(threshold), but must be from 0 to 1.")
    }
  }

  func run() async throws {
    let constitution = try constitution.constitution()
    let critic = try Failure.reporting(as: .data) {
      try ConstitutionalCritic(constitution, threshold: threshold)
    }
    let rows = try OverseenRow.read(data, withResponses: true)
    var writer = try JSONLinesWriter(path: out)
    let model = try overseer.overseer(journal: "\(out).journal.jsonl")
    let findings = try await critic(
      rows.map(\.prompt), answers: rows.compactMap(\.response), by: model.scorer,
      completer: model.completer)
    model.finish()
    for (row, findings) in zip(rows, findings) { try writer.write(Self.row(row, findings)) }
    try writer.commit()
    var table = Table(
      .init("principle"), .init("broken by", .right), .init("mean probability", .right))
    for place in findings[0].indices {
      let own = findings.map { $0[place] }
      let mean = own.reduce(0) { $0 + $1.violation.probability } / Double(own.count)
      table.append(
        own[0].principle, NumberText.grouped(own.count(where: \.isViolated)),
        NumberText.significant(mean, digits: 3))
    }
    StandardStream.output.writeLine(table.rendered())
    model.note("the findings about \(NumberText.grouped(rows.count)) answers are in \(out)")
    model.noteUsage()
    if json {
      var report = JSONReport()
      report.add("answers", rows.count)
      report.add("violating", findings.count { $0.contains(where: \.isViolated) })
      model.add(to: &report)
      StandardStream.output.writeLine(report.line)
    }
  }

  private static func row(
    _ row: OverseenRow, _ findings: [ConstitutionalCritic.Finding]
  ) -> JSONObject {
    var probabilities: JSONObject = [:]
    var suggestions: JSONObject = [:]
    for finding in findings {
      probabilities.set(finding.principle, to: .number(finding.violation.probability))
      if let suggestion = finding.suggestion {
        suggestions.set(finding.principle, to: .string(suggestion))
      }
    }
    return [
      "prompt": .string(row.prompt), "response": .string(row.response ?? ""),
      "violated": .array(findings.filter(\.isViolated).map { .string($0.principle) }),
      "suggestions": .object(suggestions), "probabilities": .object(probabilities),
    ]
  }
}

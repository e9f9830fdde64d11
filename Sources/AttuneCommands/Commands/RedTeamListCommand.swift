import ArgumentParser
import Oversight
import PreferenceData

/// `attune redteam list`: the challenges.
struct RedTeamListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Show the challenges of a suite, or write them to a file to edit.",
    discussion: """
      Each harmful prompt has a twin that looks like it and is harmless. A third is held out: attune evaluate safety \
      measures with it, and training commands refuse to train on it.
      """)

  @Option(
    help: ArgumentHelp("Challenges as JSON Lines (default: those that ship).", valueName: "file"))
  var suite: String?

  @Option(help: ArgumentHelp("Write them as JSON Lines.", valueName: "file"))
  var out: String?

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func run() throws {
    let suite = try self.suite.map { try ChallengeSuite(file: $0) } ?? .shipped
    var table = Table(
      .init("category"), .init("harmful", .right), .init("safe", .right), .init("held out", .right))
    var report: [JSONReport] = []
    for category in suite.categories {
      let own = suite.challenges.filter { $0.category == category }
      let harmful = own.count(where: \.isHarmful)
      let heldOut = own.count(where: \.isHeldOut)
      table.append(category, "\(harmful)", "\(own.count - harmful)", "\(heldOut)")
      var row = JSONReport()
      row.add("category", category)
      row.add("harmful", harmful)
      row.add("safe", own.count - harmful)
      row.add("held_out", heldOut)
      report.append(row)
    }
    StandardStream.output.writeLine(table.rendered())
    if let out {
      var writer = try JSONLinesWriter(path: out)
      for challenge in suite.challenges { try writer.write(challenge.row) }
      try writer.commit()
      StandardStream.error.writeLine(
        "attune: \(NumberText.grouped(suite.challenges.count)) challenges in \(out)")
    }
    if json {
      var line = JSONReport()
      line.add("challenges", suite.challenges.count)
      line.add("categories", report)
      StandardStream.output.writeLine(line.line)
    }
  }
}

extension Challenge {
  /// The row of a suite's file.
  fileprivate var row: JSONObject {
    [
      "id": .string(id), "pair": .string(pair), "category": .string(category),
      "harmful": .boolean(isHarmful), "held_out": .boolean(isHeldOut), "prompt": .string(prompt),
    ]
  }
}

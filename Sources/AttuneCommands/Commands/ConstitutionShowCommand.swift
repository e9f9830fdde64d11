import ArgumentParser
import ConfigurationFiles
import Oversight
import PreferenceData

/// `attune constitution show`: the principles, to be read or to be edited.
struct ConstitutionShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show the principles of a constitution, or write them as YAML to edit.",
    discussion: """
      attune constitution show --yaml > principles.yaml writes the constitution that ships; change it, change its \
      version, and give it to the other commands with --principles. A principle has a name, critique and revision \
      (requests), comparison (a question about two answers), or all three; weight, how often it is drawn beside the \
      others; and tags.
      """)

  @OptionGroup var constitution: ConstitutionFlags

  @Flag(help: "Write YAML.")
  var yaml = false

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func run() throws {
    let constitution = try constitution.constitution()
    if yaml {
      StandardStream.output.write(try yamlText(of: constitution))
      return
    }
    var table = Table(
      .init("principle"), .init("weight", .right), .init("asks for"), .init("tags"))
    for principle in constitution.principles {
      let asked = [
        principle.critique.map { _ in "revision" }, principle.comparison.map { _ in "comparison" },
      ].compactMap { $0 }
      table.append(
        principle.name, Int(exactly: principle.weight).map(String.init) ?? "\(principle.weight)",
        asked.joined(separator: ", "), principle.tags.joined(separator: ", "))
    }
    StandardStream.output.writeLine(table.rendered())
    StandardStream.output.writeLine(
      "\nversion \(constitution.version), \(constitution.principles.count) principles, "
        + "\(constitution.revisionExamples.count) examples of revisions, "
        + "\(constitution.comparisonExamples.count) of comparisons")
    if json {
      var report = JSONReport()
      report.add("version", constitution.version)
      report.add("principles", .array(constitution.principles.map { .string($0.name) }))
      report.add("revision_examples", constitution.revisionExamples.count)
      report.add("comparison_examples", constitution.comparisonExamples.count)
      StandardStream.output.writeLine(report.line)
    }
  }
}

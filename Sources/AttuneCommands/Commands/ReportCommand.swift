import ArgumentParser
import Foundation
import Pipelines
import Reports
import RunRecords

/// `attune report`: a page of a run, or of several side by side.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Make a page of a run, or of several side by side.",
    discussion: """
      A training command leaves such a page in its run directory, report.html. This makes it again, \
      for instance while the run goes on, after it was killed, or when evaluations have been added \
      to it with attune evaluate … --into RUN.

      One run: what was trained on what, curves, gold beside proxy with the verdict on reward \
      hacking, completions early and late, evaluations, every setting, the command. Several: their \
      curves over one another, their last values, and the settings that differ. An ensemble of \
      reward models stands for its members.

      The page is one file without scripts, light and dark, for desks, telephones and paper.
      """)

  @Argument(help: ArgumentHelp("Run directories, finished or not.", valueName: "run"))
  var runs: [String]

  @Option(
    help: ArgumentHelp("The page to write; one that is there is replaced.", valueName: "file.html"))
  var out: String

  @Flag(help: "Show the page in the browser.")
  var open = false

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    guard out.lowercased().hasSuffix(".html") else {
      throw ValidationError("'--out' is '\(out)', but the page's name must end in .html")
    }
    for (place, run) in runs.enumerated() where runs[..<place].contains(run) {
      throw ValidationError("'\(run)' is given twice; give each run once")
    }
  }

  func run() throws {
    try PipelineFailure.reporting {
      let recorded = try runs.flatMap(RecordedRun.directories).map { try RecordedRun($0) }
      let footer = "attune \(Attune.version) report"
      let page =
        recorded.count == 1
        ? RunReport(recorded[0]).page(footer: footer) : RunComparison(recorded).page(footer: footer)
      try AtomicFile.write(page.rendered(), to: out)
      StandardStream.output.writeLine(recorded.rendered())
      StandardStream.error.writeLine("attune: the page is in \(out)")
      for run in recorded {
        for note in run.notes { StandardStream.error.writeLine("attune: \(note)") }
      }
      if open, let problem = PageOpening(environment: ProcessInfo.processInfo.environment).open(out)
      {
        StandardStream.error.writeLine("attune: \(problem)")
      }
      if json { StandardStream.output.writeLine(report(of: recorded).line) }
    }
  }

  private func report(of recorded: [RecordedRun]) -> JSONReport {
    var report = JSONReport()
    report.add("page", out)
    report.add("runs", recorded.map(\.report))
    return report
  }
}

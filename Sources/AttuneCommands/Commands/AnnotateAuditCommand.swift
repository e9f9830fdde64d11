import AnnotationStore
import ArgumentParser
import Foundation

/// `attune annotate audit`: who did what, and whether the log is whole.
struct AnnotateAuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Check that nothing in a project was changed behind its log, and show the log.",
    discussion: """
      Every line of the log has a hash of itself and all lines before it, and every judgment is compared \
      with what the log says was given. The last hash is printed: note it elsewhere, and give it as \
      --noted at another time, which shows whether the end of the log was cut off. Exit status 2 says \
      that something is wrong.
      """)

  @OptionGroup var project: ProjectArgument

  @Option(help: ArgumentHelp("A hash that the log had at an earlier time.", valueName: "hash"))
  var noted: String?

  @Flag(help: "Show every line.")
  var show = false

  func run() throws {
    let project = try project.open()
    var count = 0
    do {
      let hash = try project.verifyAudit(containing: noted) { line in
        count += 1
        guard show else { return }
        StandardStream.output.writeLine(
          "\(line.number)  \(line.at.formatted(.iso8601))  \(line.actor)  \(line.action)  \(line.subject)  \(line.detail)"
            .escapingControlCharacters)
      }
      StandardStream.output.writeLine("\(count) lines, all in order; the last hash is \(hash)")
    } catch let problem as AuditProblem {
      throw Failure(.checkFailed, "\(self.project.project): \(problem)")
    }
  }
}

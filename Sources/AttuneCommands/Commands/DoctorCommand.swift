import ArgumentParser
import Foundation

/// `attune doctor`: whether this machine can train, and how fast.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Look at this machine and at what is known to go wrong.",
    discussion: """
      Takes a step of training on one weight, and measures a matrix product for half a second.

      Exit status: 0 if training works, 1 if not.
      """)

  @Flag(help: "Print one JSON object instead of the list.")
  var json = false

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    let checkup = Checkup(environment: environment)
    let stream = StandardStream.error
    let color = TerminalColor(isTerminal: stream.isTerminal, environment: environment)
    StandardStream.output.writeLine(
      json ? checkup.report.line : checkup.rendered(stream: stream, color: color))
    if let problem = checkup.problem { throw Failure(.failure, problem) }
  }
}

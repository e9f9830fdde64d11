import AnnotationStore
import ArgumentParser
import Foundation
import Pipelines
import Reports

/// `attune annotate progress`: how far a project has come.
struct AnnotateProgressCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "progress",
    abstract: "Say how far a project has come, and what its people do.")

  @OptionGroup var project: ProjectArgument

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func run() throws {
    let progress = try project.open().progress(now: Date())
    StandardStream.output.writeLine(ProgressTables(progress).rendered())
    if json { StandardStream.output.writeLine(try JSONLine.text(of: progress)) }
  }
}

/// The progress of a project on a terminal.
struct ProgressTables {
  private let progress: ProjectProgress

  init(_ progress: ProjectProgress) { self.progress = progress }

  func rendered() -> String {
    let share =
      progress.slots == 0 ? 0 : 100 * Double(progress.filled) / Double(progress.slots)
    var parts = [
      """
      \(NumberText.grouped(progress.filled)) of \(NumberText.grouped(progress.slots)) answers \
      (\(NumberText.fixed(share, decimals: 1)) %), \(NumberText.grouped(progress.complete)) of \
      \(NumberText.grouped(progress.tasks)) tasks complete
      \(progress.disagreeing) tasks disagree, \(progress.flagged) are flagged, \(progress.ruled) are decided; \
      \(progress.open) are open, \(progress.goldTasks) have known answers
      """
    ]
    if !progress.annotators.isEmpty {
      var table = Table(
        .init("name"), .init("role"), .init("judgments", .right), .init("doubtful", .right),
        .init("seconds", .right), .init("known right", .right), .init("skipped", .right),
        .init("state"))
      for person in progress.annotators {
        table.append(
          person.name, person.role.rawValue, "\(person.judgments)", "\(person.doubtful)",
          person.medianSeconds.map { NumberText.fixed($0, decimals: 0) } ?? NumberLabel.none,
          person.gold == 0
            ? NumberLabel.none : "\(person.gold - person.goldWrong) of \(person.gold)",
          "\(person.skipped)", person.pauseReason.map { "paused: \($0)" } ?? "may work")
      }
      parts.append(table.rendered())
    }
    return parts.joined(separator: "\n\n")
  }
}

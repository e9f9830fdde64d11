import AnnotationStore
import ArgumentParser
import Foundation

/// `attune annotate change`: other settings, other guidelines, people who pause.
struct AnnotateChangeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "change",
    abstract: "Change how a project asks, while people work.",
    discussion: """
      What is not given stays as it is. A larger overlap opens tasks again. Judgments keep the version of \
      the guidelines that they were given by.
      """)

  @OptionGroup var project: ProjectArgument

  @Option(help: ArgumentHelp("Other guidelines, in Markdown.", valueName: "file"))
  var guidelines: String?

  @Option(help: ArgumentHelp("Somebody who may not go on.", valueName: "name"))
  var pause: String?

  @Option(help: ArgumentHelp("Why not; what the person is told.", valueName: "reason"))
  var because: String?

  @Option(help: ArgumentHelp("Somebody who may go on again.", valueName: "name"))
  var resume: String?

  @Option(help: ArgumentHelp("A task to take out of the queue.", valueName: "task"))
  var withdraw: String?

  @Option(help: ArgumentHelp("A task to put back.", valueName: "task"))
  var restore: String?

  @OptionGroup(title: "How it asks") var flags: ProjectFlags

  func validate() throws {
    guard (pause == nil) == (because == nil) else {
      throw ValidationError("'--pause' and '--because' go together.")
    }
  }

  func run() throws {
    let project = try project.open()
    let text = try guidelines.map(GuidelinesFile.text)
    let now = Date()
    try Failure.reporting(as: .usage) {
      let before = try project.settings()
      var settings = before
      flags.apply(to: &settings)
      if settings != before { try project.change(settings, now: now) }
      if let text { try project.change(guidelines: text, now: now) }
      if let pause {
        try project.pause(try project.person(named: pause), reason: because, now: now)
      }
      if let resume { try project.pause(try project.person(named: resume), reason: nil, now: now) }
      if let withdraw { try project.withdraw(task: withdraw, now: now) }
      if let restore { try project.withdraw(task: restore, false, now: now) }
    }
    StandardStream.output.writeLine(ProgressTables(try project.progress(now: now)).rendered())
  }
}

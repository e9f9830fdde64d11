import AnnotationServer
public import AnnotationStore
public import ArgumentParser
import Foundation
import WebSupport

/// `attune annotate invite`: links with which people join.
struct AnnotateInviteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invite",
    abstract: "Make links with which people join a project, each good once.",
    discussion: """
      Whoever opens the link chooses a name and a password. The links are shown only now: the project \
      keeps nothing by which they could be found again. The first administrator is invited so too.
      """)

  @OptionGroup var project: ProjectArgument

  @Option(help: ArgumentHelp("What the person may do.", valueName: "role"))
  var role = Role.annotator

  @Option(help: ArgumentHelp("How many links.", valueName: "links"))
  var count = 1

  @Option(help: ArgumentHelp("Whom they are for, for the audit log.", valueName: "text"))
  var note = ""

  @Option(help: ArgumentHelp("Days for which they are good.", valueName: "days"))
  var days = 7

  @Option(
    help: ArgumentHelp("Where people reach the server.", valueName: "address"))
  var url = "http://127.0.0.1:8765"

  func validate() throws {
    guard (1...1000).contains(count) else {
      throw ValidationError("'--count' is \(count), but must be from 1 to 1000.")
    }
    guard (1...90).contains(days) else {
      throw ValidationError("'--days' is \(days), but must be from 1 to 90.")
    }
  }

  func run() throws {
    let project = try project.open()
    for secret in try project.invitations(
      count, role, note: note, for: .seconds(86_400 * days), now: Date())
    {
      let base = url.hasSuffix("/") ? String(url.dropLast()) : url
      StandardStream.output.writeLine("\(base)/invitation/\(secret.text)")
    }
  }
}

extension Role: ExpressibleByArgument {}

extension AnnotationProject {
  /// Invites several people.
  ///
  /// - Returns: The secrets of the links.
  func invitations(
    _ count: Int, _ role: Role, note: String, for duration: Duration, now: Date
  ) throws -> [Secret] {
    var random = SystemRandomNumberGenerator()
    return try (0..<count).map { _ in
      let secret = Secret(using: &random)
      try invite(
        role, note: note, digest: secret.digest.text,
        expiry: now.addingTimeInterval(duration / .seconds(1)), now: now)
      return secret
    }
  }
}

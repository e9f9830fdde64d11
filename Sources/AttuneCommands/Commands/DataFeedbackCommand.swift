import AnnotationStore
public import ArgumentParser
import Foundation
public import Monitoring
import PreferenceData

/// `attune data feedback`: what users have said about served responses, as records.
struct DataFeedbackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "feedback",
    abstract: "Write what users have said about served responses as records to train on.",
    discussion: """
        attune data feedback --store served/feedback.sqlite \\
          --unpaired ratings.jsonl --preferences pairs.jsonl

      Ratings become unpaired records (prompt, completion, label): good where more rate a response \
      above 0 than below, bad where fewer do. Preferences (prompt, chosen, rejected) are made of \
      corrections and of regenerations that were compared with what they replace; with --contrasts \
      also of answers to the same prompt that were rated good and bad. Each record says its response, \
      policy, arm and source.

      Only feedback is taken whose giver agreed to training. Files that are there already are not \
      replaced. Without a file, the counts are shown and nothing is written.
      """)

  @Option(
    help: ArgumentHelp(
      "What a server has written: feedback.sqlite in its --store.", valueName: "file"))
  var store: String

  @Option(
    help: ArgumentHelp(
      "Unpaired records to write, as JSON Lines, compressed if it ends in .gz.", valueName: "file"))
  var unpaired: String?

  @Option(
    help: ArgumentHelp(
      "Preferences to write, as JSON Lines, compressed if it ends in .gz.", valueName: "file"))
  var preferences: String?

  @Flag(help: "Make preferences of good and bad answers to the same prompt too.")
  var contrasts = false

  @Option(
    help: ArgumentHelp(
      "Only feedback about this version of the policy: its fingerprint, 64 digits, as the server's /version says.",
      valueName: "id"))
  var policy: String?

  @Option(help: ArgumentHelp("Only feedback about this arm of a canary.", valueName: "arm"))
  var arm: CanaryArm?

  @Option(
    help: ArgumentHelp(
      "Only feedback given then or later: 2026-11-22, which begins at midnight UTC, or 2026-11-22T08:30:00Z.",
      valueName: "date"),
    transform: Self.moment)
  var since: Date?

  @Option(
    help: ArgumentHelp("Only feedback given before then.", valueName: "date"),
    transform: Self.moment)
  var until: Date?

  @Option(
    help: ArgumentHelp("What each record says as its lineage.", valueName: "id"))
  var lineage: String?

  @Flag(help: "Take feedback too whose giver did not agree to training.")
  var includeUnconsented = false

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    let files = [unpaired, preferences].compactMap(\.self).map {
      URL(filePath: $0).standardizedFileURL
    }
    if files.count == 2, files[0] == files[1] {
      throw ValidationError("'--unpaired' and '--preferences' are the same file; give two.")
    }
    if let since, let until, since >= until {
      throw ValidationError("'--since' is not before '--until'.")
    }
  }

  func run() throws {
    // Before the work, as it would be in vain.
    for path in [unpaired, preferences].compactMap(\.self)
    where FileManager.default.fileExists(atPath: path) {
      throw Failure(.usage, "\(path) exists; give another file")
    }
    let export = try FeedbackStore(existingAt: store).export(options)
    try write(export.unpaired, to: unpaired)
    try write(export.preferences, to: preferences)
    StandardStream.output.writeLine(FeedbackTables(export.summary).rendered())
    if json { StandardStream.output.writeLine(FeedbackTables(export.summary).report.line) }
  }

  private var options: FeedbackExportOptions {
    var options = FeedbackExportOptions()
    (options.hasContrasts, options.includesUnconsented) = (contrasts, includeUnconsented)
    (options.since, options.until) = (since, until)
    (options.policy, options.arm, options.lineage) = (policy, arm?.rawValue, lineage)
    return options
  }

  private func write(_ rows: [JSONObject], to path: String?) throws {
    guard let path else { return }
    var writer = try JSONLinesWriter(path: path)
    for row in rows { try writer.write(row) }
    try writer.commit()
  }

  /// A day, which begins at midnight UTC, or a moment.
  static func moment(_ text: String) throws -> Date {
    for style in [Date.ISO8601FormatStyle().year().month().day(), .iso8601] {
      // A style of days would take the day of a moment.
      if let date = try? style.parse(text), style.format(date) == text { return date }
    }
    throw ValidationError("allowed are a day, 2026-11-22, and a moment, 2026-11-22T08:30:00Z.")
  }
}

extension CanaryArm: ExpressibleByArgument {}

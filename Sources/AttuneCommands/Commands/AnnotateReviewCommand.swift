import AnnotationStore
import ArgumentParser
import Foundation

/// `attune annotate review`: what waits for a decision, and deciding it.
struct AnnotateReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "List what people disagree about or have flagged, show a task, decide it.",
    discussion: """
      Without options: the tasks that wait. With --task: what was said about it. With --decide too: what \
      holds, whatever was said, which stays on record.
      """)

  @OptionGroup var project: ProjectArgument

  @Option(help: ArgumentHelp("A task by its name.", valueName: "task"))
  var task: String?

  @Option(
    help: ArgumentHelp(
      "A, B, tie or both_bad; of more than two, the letters from the best to the worst, such as "
        + "BAC.", valueName: "decision"))
  var decide: String?

  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var because: String?

  func validate() throws {
    if decide != nil, task == nil {
      throw ValidationError("'--decide' needs '--task', the task that is decided.")
    }
    if because != nil, decide == nil {
      throw ValidationError("'--because' needs '--decide', the decision.")
    }
  }

  func run() throws {
    let project = try project.open()
    guard let task else {
      let waiting = try project.reviewQueue()
      StandardStream.output.writeLine(
        waiting.isEmpty ? "nothing waits for a decision" : waiting.joined(separator: "\n"))
      return
    }
    try Failure.reporting(as: .usage) {
      if let decide {
        let count = try project.reviewCase(task).responses.count
        try project.rule(
          on: task, try Self.verdict(decide, of: count), reason: because ?? "", now: Date())
      }
      StandardStream.output.writeLine(
        ReviewText(try project.reviewCase(task)).rendered())
    }
  }

  /// What a decision says.
  static func verdict(_ text: String, of count: Int) throws -> Verdict {
    let letters = (0..<count).map { Character(UnicodeScalar(UInt8(ascii: "A") + UInt8($0))) }
    switch text {
    case "tie": return .tie
    case "both_bad": return .bothBad
    case "A" where count == 2: return .prefers(0, strength: 1)
    case "B" where count == 2: return .prefers(1, strength: 1)
    default:
      guard count > 2, text.sorted() == letters else {
        let form =
          count == 2
          ? "A or B" : "all letters from the best to the worst, such as \(String(letters))"
        throw Failure(.usage, "'--decide' is '\(text)', but must be tie, both_bad, or \(form)")
      }
      return .ranking(
        letters.map { letter in
          1
            + text.distance(
              from: text.startIndex, to: text.firstIndex(of: letter) ?? text.startIndex)
        })
    }
  }
}

/// What was said about a task, on a terminal.
struct ReviewText {
  private let `case`: ReviewCase

  init(_ case: ReviewCase) { self.case = `case` }

  func rendered() -> String {
    var lines = ["\(`case`.task)", "", `case`.prompt.plain]
    for (place, response) in `case`.responses.enumerated() {
      lines += ["", "\(Self.letter(place)): \(response.plain)"]
    }
    lines.append("")
    lines += `case`.answers.map { answer in
      "- \(Self.words(answer.verdict))" + (answer.reason.isEmpty ? "" : ": \(answer.reason)")
    }
    lines += `case`.flags.map { "flagged: \($0)" }
    if let ruling = `case`.ruling {
      lines.append(
        "decided by \(ruling.reviewer): \(Self.words(ruling.verdict))"
          + (ruling.reason.isEmpty ? "" : ": \(ruling.reason)"))
    }
    return lines.map(\.escapingControlCharacters).joined(separator: "\n")
  }

  private static func letter(_ place: Int) -> String {
    String(UnicodeScalar(UInt8(ascii: "A") + UInt8(place)))
  }

  private static func words(_ verdict: Verdict) -> String {
    switch verdict {
    case .prefers(let place, let strength): "\(letter(place)) is better, strength \(strength)"
    case .tie: "equally good"
    case .bothBad: "both bad"
    case .ranking(let ranks):
      ranks.enumerated().map { "\(letter($0)) \($1)." }.joined(separator: " ")
    }
  }
}

import AnnotationStore
import ArgumentParser
import Pipelines

/// What reads along, and what is kept.
struct ServeOversightFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A YAML file: what is done with harmful prompts and answers.", valueName: "file"))
  var safety: String?

  @Option(
    help: ArgumentHelp(
      "A folder where answers and feedback are kept, with their texts; without it nothing is.",
      valueName: "directory"))
  var store: String?

  @Flag(
    help:
      "With --store: keep prompts and answers, too, without the personal data that rules find in them."
  )
  var scrubTexts = false

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Logs of answers that are as they should be: newer ones are compared with them.",
      valueName: "file"))
  var baseline: [String] = []

  @Option(
    help: ArgumentHelp(
      "With --baseline: a YAML file that says what is alarming.", valueName: "file"))
  var alerts: String?

  @Option(
    help: ArgumentHelp("With --baseline: where alerts are posted as JSON.", valueName: "address"))
  var webhook: String?

  @Option(
    help: ArgumentHelp(
      "With --baseline: answers that are compared together, at least \(Self.leastWindow) (default: 500).",
      valueName: "count"))
  var window: Int?

  @Flag(help: "With --store: let feedback that says nothing of consent be used for training.")
  var assumeConsent = false

  private static let leastWindow = DriftSettings().leastSample

  func validate() throws {
    if baseline.isEmpty {
      for (name, isGiven) in [
        ("--alerts", alerts != nil), ("--webhook", webhook != nil), ("--window", window != nil),
      ] where isGiven {
        throw ValidationError("'\(name)' is about '--baseline'.")
      }
    }
    if store == nil {
      for (name, isGiven) in [("--scrub-texts", scrubTexts), ("--assume-consent", assumeConsent)]
      where isGiven {
        throw ValidationError("'\(name)' is about '--store'.")
      }
    }
    if let window, window < Self.leastWindow {
      throw ValidationError("'--window' is \(window), but must be at least \(Self.leastWindow).")
    }
  }

  var scope: FeedbackStore.ScrubbingScope { scrubTexts ? .everything : .feedback }
}

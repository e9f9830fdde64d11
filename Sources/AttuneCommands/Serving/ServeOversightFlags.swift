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

  @Flag(help: "Keep prompts and answers, too, without the personal data that rules find in them.")
  var scrubTexts = false

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Logs of answers that are as they should be: newer ones are compared with them.",
      valueName: "file"))
  var baseline: [String] = []

  @Option(
    help: ArgumentHelp("A YAML file: what of that comparison is alarming.", valueName: "file"))
  var alerts: String?

  @Option(help: ArgumentHelp("Where alerts are posted as JSON.", valueName: "address"))
  var webhook: String?

  @Option(help: ArgumentHelp("Answers that are compared together.", valueName: "count"))
  var window = 500

  @Flag(help: "Let feedback that says nothing of consent be used for training.")
  var assumeConsent = false

  func validate() throws {
    if baseline.isEmpty {
      for (name, isGiven) in [("--alerts", alerts != nil), ("--webhook", webhook != nil)]
      where isGiven {
        throw ValidationError("'\(name)' is about '--baseline'.")
      }
    }
    let least = DriftSettings().leastSample
    guard window >= least else {
      throw ValidationError("'--window' is \(window), but must be at least \(least).")
    }
  }

  var scope: FeedbackStore.ScrubbingScope { scrubTexts ? .everything : .feedback }
}

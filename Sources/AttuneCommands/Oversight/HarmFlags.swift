import ArgumentParser
import Oversight
import Pipelines

/// Who says how harmful answers are.
struct HarmFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A classifier of attune classifier train, or a sequence classifier, that says how harmful answers are.",
      valueName: "directory"))
  var classifier: String?

  @Option(
    help: ArgumentHelp(
      "Its label that means harm (default: harmful, else its first).", valueName: "name"))
  var harmLabel: String?

  func validate() throws {
    if harmLabel != nil, classifier == nil {
      throw ValidationError("'--harm-label' is about '--classifier'.")
    }
  }

  /// What judges conversations; `nil` for nobody.
  ///
  /// - Throws: What is wrong with the classifier; ``Failure`` for a label that it does not have.
  func scoring() throws -> HarmScoring? {
    guard let classifier else { return nil }
    let loaded =
      try SavedClassifier.exists(in: classifier)
      ? LoadedClassifier(directory: classifier, model: nil)
      : LoadedClassifier(checkpoint: classifier)
    let names = loaded.labels.map(\.name)
    let place: Int
    if let harmLabel {
      guard let named = names.firstIndex(of: harmLabel) else {
        throw Failure(
          .usage,
          "\(classifier): has no label '\(harmLabel)'; there are \(names.joined(separator: ", "))")
      }
      place = named
    } else {
      place = names.firstIndex(of: "harmful") ?? 0
    }
    return { texts in
      try loaded.verdicts(of: texts) { _ in }.map {
        HarmVerdict(probability: $0.probabilities[place], isHarmful: $0.positives[place])
      }
    }
  }
}

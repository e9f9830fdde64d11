import ArgumentParser
import Pipelines

/// Which classifier is asked.
struct ClassifierSource: ParsableArguments {
  @Option(
    help: ArgumentHelp("What attune classifier train has written.", valueName: "directory"))
  var classifier: String?

  @Option(
    help: ArgumentHelp(
      "A sequence classifier in the Hugging Face layout; beside --classifier, where the model of a "
        + "probe is now.", valueName: "directory"))
  var model: String?

  func validate() throws {
    if classifier == nil, model == nil {
      throw ValidationError("give '--classifier', or '--model' for a checkpoint")
    }
  }

  /// The classifier, ready to be asked.
  func loaded() throws -> LoadedClassifier {
    if let classifier { return try LoadedClassifier(directory: classifier, model: model) }
    guard let model else { preconditionFailure("validate() asks for one of the two") }
    return try LoadedClassifier(checkpoint: model)
  }

  /// What it is called in results.
  var name: String { classifier ?? model ?? "" }
}

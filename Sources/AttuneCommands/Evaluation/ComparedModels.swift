import ArgumentParser
import Pipelines
import RunRecords
import TrainingConfiguration

/// The models of `attune evaluate compare`, by the names that they get.
struct ComparedModels {
  /// The models in the order in which they were given.
  let models: [ModelComparison.Model]

  /// Names the models of some directories.
  init(_ directories: [String]) {
    models = zip(ModelNames.names(of: directories), directories).map { .init($0, at: $1) }
  }

  /// Checks a name.
  ///
  /// - Throws: `ValidationError` where no model has it.
  func checkBaseline(_ name: String) throws {
    let names = models.map(\.name)
    guard !names.contains(name) else { return }
    let advice =
      closest(to: name, among: names).map { "did you mean '\($0)'?" }
      ?? "they are called \(names.joined(separator: ", "))"
    throw ValidationError("'--baseline' is '\(name)', but no model is called that; \(advice)")
  }

  /// The model of a run.
  ///
  /// - Throws: `ValidationError` where none of them is.
  func subject(ofRunAt run: String) throws -> String {
    let place = resolvedPath(run)
    guard let model = models.first(where: { resolvedPath($0.directory) == place }) else {
      throw ValidationError(
        "'--into' is '\(run)', but that is none of the models; compare the run's own model")
    }
    return model.name
  }
}

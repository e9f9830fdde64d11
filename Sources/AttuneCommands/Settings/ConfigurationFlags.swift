import ArgumentParser
import ConfigurationFiles
import Foundation
import TrainingConfiguration

/// Where settings come from beside their own flags: `--config`, `--set` and `--print-config`.
struct ConfigurationFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "YAML file with settings; flags and --set beat it, it beats the defaults.",
      valueName: "file"))
  var config: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "One setting by its name in files; may be repeated. Flags beat it.", valueName: "name=value"))
  var assignments: [String] = []

  @Flag(help: "Print the resolved configuration as YAML and stop.")
  var printConfig = false

  /// The configuration that file, assignments and flags make together.
  ///
  /// A run that is resumed brings its own file, so that `--resume --out DIR` is all that it takes.
  ///
  /// - Parameters:
  ///   - type: The method's configuration.
  ///   - flags: The settings that were given as flags of their own.
  ///   - isResumed: Whether the run in the run directory is to go on.
  ///   - exceptions: Names of required settings that the command can do without.
  /// - Returns: A configuration that a run can start with; with `--print-config`, one that may still
  ///   lack the model, the data or the run directory.
  /// - Throws: `ValidationError` (exit status 64) that names every problem and its place.
  func resolve<Method: TrainingSettings>(
    _ type: Method.Type, flags: [SettingFlag], isResumed: Bool, except exceptions: Set<String>
  ) throws -> Method {
    do {
      var layers = LayeredConfiguration()
      if let file = config ?? (isResumed ? earlierConfiguration(flags) : nil) {
        layers.merge(try YAMLDocument(contentsOf: file))
      }
      for assignment in assignments { try layers.merge(assignment: assignment) }
      layers.merge(flags)
      return try printConfig ? layers.resolve(type) : layers.resolveForRun(type, except: exceptions)
    } catch {
      throw ValidationError(error.description)
    }
  }

  /// Prints the resolved configuration, if that was asked for.
  ///
  /// - Parameter configuration: The resolved configuration.
  /// - Returns: Whether it was printed, and nothing else is to be done.
  func prints(_ configuration: some TrainingSettings) -> Bool {
    if printConfig { StandardStream.output.write(configuration.yaml) }
    return printConfig
  }

  /// The `attune.yaml` of the run directory that flags or assignments name, if it is there.
  private func earlierConfiguration(_ flags: [SettingFlag]) -> String? {
    let assigned = assignments.last { $0.hasPrefix("out=") }.map { String($0.dropFirst(4)) }
    guard let out = flags.first(where: { $0.name == "out" })?.values.first ?? assigned else {
      return nil
    }
    let file = "\(out)/attune.yaml"
    return FileManager.default.fileExists(atPath: file) ? file : nil
  }
}

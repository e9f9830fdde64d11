import ArgumentParser
import ConfigurationFiles
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
  /// - Parameters:
  ///   - type: The method's configuration.
  ///   - flags: The settings that were given as flags of their own.
  /// - Returns: A configuration that a run can start with; with `--print-config`, one that may still
  ///   lack the model, the data or the run directory.
  /// - Throws: `ValidationError` (exit status 64) that names every problem and its place.
  func resolve<Method: TrainingSettings>(
    _ type: Method.Type, flags: [SettingFlag]
  ) throws -> Method {
    do {
      var layers = LayeredConfiguration()
      if let config { layers.merge(try YAMLDocument(contentsOf: config)) }
      for assignment in assignments { try layers.merge(assignment: assignment) }
      layers.merge(flags)
      return try printConfig ? layers.resolve(type) : layers.resolveForRun(type)
    } catch {
      throw ValidationError(error.description)
    }
  }
}

import ArgumentParser
import TrainingConfiguration

/// Every setting of `attune dpo` as a flag, and the layers beneath them.
///
/// A command holds it as `@OptionGroup var settings: DPOSettings`, without a title of its own, so
/// that the titles of the groups inside show in the help.
struct DPOSettings: ParsableArguments {
  @OptionGroup(title: "Method") var method: DPOFlags
  @OptionGroup(title: "Data") var data: DataFlags<DPOConfiguration>
  @OptionGroup(title: "Optimizer") var optimizer: OptimizerFlags<DPOConfiguration>
  @OptionGroup(title: "Batches") var batches: BatchFlags<DPOConfiguration>
  @OptionGroup(title: "Run") var run: RunFlags<DPOConfiguration>
  @OptionGroup(title: "Configuration") var configuration: ConfigurationFlags

  /// The configuration that defaults, file, assignments and flags make together.
  ///
  /// - Parameters:
  ///   - isResumed: Whether the run in the run directory is to go on.
  ///   - exceptions: Names of required settings that the command can do without.
  /// - Returns: A configuration that a run can start with; with `--print-config`, one that may still
  ///   lack the model, the data or the run directory.
  /// - Throws: `ValidationError` (exit status 64) that names every problem and its place.
  func resolve(
    isResumed: Bool, except exceptions: Set<String> = []
  ) throws -> DPOConfiguration {
    let flags = method.given + data.given + optimizer.given + batches.given + run.given
    return try configuration.resolve(
      DPOConfiguration.self, flags: flags, isResumed: isResumed, except: exceptions)
  }
}

import ArgumentParser
import TrainingConfiguration

/// The flags of one method that other methods do not share.
protocol MethodFlags: ParsableArguments {
  /// The method's configuration.
  associatedtype Configuration: OfflineConfiguration
  /// The flags that were given.
  var given: [SettingFlag] { get }
}

/// Every setting of a training command as a flag, and the layers beneath them.
///
/// A command holds it as `@OptionGroup var settings: DPOSettings`, without a title of its own, so
/// that the titles of the groups inside show in the help.
struct MethodSettings<Flags: MethodFlags>: ParsableArguments {
  @OptionGroup(title: "Method") var method: Flags
  @OptionGroup(title: "Data") var data: DataFlags<Flags.Configuration>
  @OptionGroup(title: "Optimizer") var optimizer: OptimizerFlags<Flags.Configuration>
  @OptionGroup(title: "Batches") var batches: BatchFlags<Flags.Configuration>
  @OptionGroup(title: "Run") var run: RunFlags<Flags.Configuration>
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
  ) throws -> Flags.Configuration {
    let flags = method.given + data.given + optimizer.given + batches.given + run.given
    return try configuration.resolve(
      Flags.Configuration.self, flags: flags, isResumed: isResumed, except: exceptions)
  }
}

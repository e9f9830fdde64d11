import ArgumentParser
import Pipelines

/// How a window is compared with its baseline.
struct DriftFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The relative change of a share that matters, and that is marked for every mean.",
      valueName: "per cent"))
  var relativeLimit = 10.0

  @Option(
    help: ArgumentHelp(
      "The greatest probability that a family of tests finds a drift where there is none.",
      valueName: "probability"))
  var alpha = 0.05

  @Option(help: ArgumentHelp("What all draws depend on.", valueName: "number"))
  var seed: UInt64 = 0

  func validate() throws {
    if !(relativeLimit > 0 && relativeLimit.isFinite) {
      throw ValidationError(
        "'--relative-limit' is \(relativeLimit), but must be above 0 (10 is 10 %)")
    }
    if !(alpha > 0 && alpha < 1) {
      throw ValidationError("'--alpha' is \(alpha), but must be above 0 and below 1")
    }
  }

  /// The settings.
  var settings: DriftSettings {
    var settings = DriftSettings()
    settings.relativeLimit = relativeLimit / 100
    settings.level = alpha
    settings.seed = seed
    return settings
  }
}

import ConfigurationFiles
import TrainingConfiguration

/// A setting that was given as a flag of its own.
///
/// Flags are texts until all layers are merged, so that a value is read in one place and an error
/// reads the same wherever the value was written.
struct SettingFlag: Equatable {
  /// The name of the setting.
  let name: String
  /// What followed the flag, at least one text.
  let values: [String]

  /// The flag as it is written.
  var spelling: String { "--" + name.replacing("_", with: "-") }

  /// A setting with one value; `nil` if the flag was not given.
  init?(_ name: String, _ value: String?) {
    guard let value else { return nil }
    self.name = name
    values = [value]
  }

  /// A setting with any number of values; `nil` if the flag was not given.
  init?(_ name: String, _ values: [String]) {
    guard !values.isEmpty else { return nil }
    self.name = name
    self.values = values
  }
}

extension LayeredConfiguration {
  /// Adds what was given as flags.
  mutating func merge(_ flags: [SettingFlag]) {
    for flag in flags {
      merge(flag: flag.spelling, of: flag.name, values: flag.values)
    }
  }
}

import ArgumentParser
import TrainingConfiguration

extension ArgumentHelp {
  /// The help of a setting's flag, from the table of settings: nothing about it is written twice.
  ///
  /// - Parameters:
  ///   - name: The name of the setting.
  ///   - type: The method's configuration, whose default is shown.
  /// - Returns: The meaning, the default if there is one, and a word for the value.
  static func setting<Method: TrainingSettings>(_ name: String, of type: Method.Type) -> Self {
    guard let setting = Method.settings.first(where: { $0.name == name }) else {
      preconditionFailure("\(type) has no setting \(name)")
    }
    let usual = setting.literal(Method())
    let note =
      if setting.isRequired {
        " (required, here or in --config)"
      } else if usual.isSet {
        " (default: \(usual))"
      } else {
        ""
      }
    return ArgumentHelp("\(setting.meaning)\(note)", valueName: setting.placeholder)
  }
}

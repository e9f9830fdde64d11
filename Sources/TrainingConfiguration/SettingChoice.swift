/// A setting with a few named values: an enumeration whose raw values are the names in files.
package protocol SettingChoice: SettingValue, CaseIterable, RawRepresentable<String> {}

extension SettingChoice {
  package static var kind: SettingKind {
    let names = allCases.map(\.rawValue)
    return SettingKind(
      expectation: "one of " + names.joined(separator: ", "),
      placeholder: names.joined(separator: "|"), choices: names)
  }

  package var literal: SettingLiteral { .word(rawValue) }
}

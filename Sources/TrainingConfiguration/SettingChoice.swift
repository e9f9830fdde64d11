/// A setting with a few named values: an enumeration whose raw values are the names in files.
package protocol SettingChoice: SettingElement, CaseIterable, RawRepresentable<String> {}

extension SettingChoice {
  package static var kind: SettingKind { kind(expecting: "one of") }
  package static var listKind: SettingKind { kind(expecting: "one or more of") }

  package var literal: SettingLiteral { .word(rawValue) }
  package static func literal(of list: [Self]) -> SettingLiteral { .words(list.map(\.rawValue)) }

  private static func kind(expecting quantity: String) -> SettingKind {
    let names = allCases.map(\.rawValue)
    return SettingKind(
      expectation: "\(quantity) \(names.joined(separator: ", "))",
      placeholder: names.joined(separator: "|"), choices: names)
  }
}

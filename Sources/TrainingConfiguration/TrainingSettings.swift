/// The configuration of one training method: a plain value with a table of its settings.
///
/// A conforming type writes each default once, as the initial value of a property, and lists its
/// settings. The table gives it a `Codable` conformance in which the file is flat, a missing setting
/// keeps its default, an unknown one is refused, and all problems are reported together.
public protocol TrainingSettings: Codable, Equatable, Sendable {
  /// The configuration with every setting at its default.
  init()
  /// All settings, in the order in which files and help pages list them.
  static var settings: [Setting<Self>] { get }
  /// What is wrong with settings that are fine alone but not together.
  var conflicts: [SettingProblem] { get }
  /// Names of required settings that these values make it possible to do without.
  var dispensableSettings: Set<String> { get }
}

extension TrainingSettings {
  /// None.
  public var dispensableSettings: Set<String> { [] }
}

extension TrainingSettings {
  /// Reads settings from a flat mapping; those that it does not have keep their defaults.
  ///
  /// - Parameter decoder: The mapping's decoder.
  /// - Throws: ``SettingProblems`` for unknown settings and wrong types, all of them together.
  public init(from decoder: any Decoder) throws {
    try self.init(from: decoder, beside: [])
  }

  /// Reads settings from a flat mapping that has further fields, which somebody else reads.
  ///
  /// - Parameters:
  ///   - decoder: The mapping's decoder.
  ///   - others: The names of the further fields.
  /// - Throws: ``SettingProblems`` for unknown settings and wrong types, all of them together.
  package init(from decoder: any Decoder, beside others: Set<String>) throws {
    self.init()
    let container = try decoder.container(keyedBy: SettingKey.self)
    let names = Self.settings.map(\.name)
    var problems = container.allKeys.map(\.stringValue)
      .filter { !names.contains($0) && !others.contains($0) }
      .map { unknownSetting($0, known: names) }
    for setting in Self.settings where container.contains(SettingKey(setting.name)) {
      do {
        try setting.read(container, &self)
      } catch let problem as SettingProblem {
        problems.append(problem)
      }
    }
    // What could be read is checked as well, so that one run of the program tells all of it.
    guard problems.isEmpty else { throw SettingProblems(problems + violations) }
  }

  /// Writes every setting into a flat mapping, in the order of the table.
  ///
  /// - Parameter encoder: The mapping's encoder.
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: SettingKey.self)
    for setting in Self.settings { try setting.write(self, &container) }
  }
}

extension TrainingSettings {
  /// The name and value of every setting, in the order of the table.
  package var literals: [(setting: Setting<Self>, value: SettingLiteral)] {
    Self.settings.map { ($0, $0.literal(self)) }
  }

  /// Refuses values out of range and settings that do not go together.
  ///
  /// - Throws: ``SettingProblems`` with a sentence for each, all of them together.
  public func validate() throws {
    try report(violations + conflicts)
  }

  /// As ``validate()``, and refuses to start without what every run needs.
  ///
  /// - Parameter exceptions: Names of required settings that this run can do without.
  /// - Throws: ``SettingProblems`` with a sentence for each, all of them together.
  public func validateForRun(except exceptions: Set<String> = []) throws {
    let dispensable = exceptions.union(dispensableSettings)
    let missing = literals.filter { setting, value in
      setting.isRequired && !value.isSet && !dispensable.contains(setting.name)
    }.map { setting, _ in
      SettingProblem(
        setting: setting.name,
        message: "\(setting.name) is not set: give \(setting.flag) \(setting.placeholder)")
    }
    try report(missing + violations + conflicts)
  }

  private var violations: [SettingProblem] {
    let defaults = Self()
    return Self.settings.compactMap { setting in
      guard let allowed = setting.violation(self) else { return nil }
      let usual = setting.literal(defaults)
      return SettingProblem(
        setting: setting.name,
        message: "\(setting.name) is \(setting.literal(self).quoted), but must be \(allowed); "
          + (usual.isSet ? "the default is \(usual)" : "leave it out for the default"))
    }
  }

  private func report(_ problems: [SettingProblem]) throws {
    guard problems.isEmpty else { throw SettingProblems(problems) }
  }
}

extension SettingLiteral {
  /// The value with quotes around texts, so that an empty one can be seen.
  fileprivate var quoted: String {
    switch self {
    case .none, .word: description
    case .words(let words): words.isEmpty ? "empty" : words.joined(separator: ", ")
    case .text(let text): "'\(text)'"
    case .list(let texts): texts.map { "'\($0)'" }.joined(separator: ", ")
    }
  }
}

/// One thing that is wrong with one setting.
public struct SettingProblem: Error, Equatable, Sendable {
  /// The part of a line `name: value` that is at fault.
  public enum Part: Equatable, Sendable {
    /// There is no setting of this name.
    case name
    /// The setting cannot have this value, or not together with others.
    case value
  }

  /// The name of the setting as it was written, so that a reader of files can say where.
  public let setting: String
  /// The part that is at fault.
  public let part: Part
  /// A sentence: what was seen, what is allowed, what to do.
  public let message: String

  /// A sentence about a setting.
  ///
  /// - Parameters:
  ///   - setting: The name of the setting as it was written.
  ///   - part: The part that is at fault.
  ///   - message: What was seen, what is allowed, what to do.
  public init(setting: String, part: Part = .value, message: String) {
    self.setting = setting
    self.part = part
    self.message = message
  }
}

extension SettingProblem: CustomStringConvertible {
  /// The sentence.
  public var description: String { message }
}

/// Everything that is wrong with a configuration, so that one run of the program tells all of it.
public struct SettingProblems: Error, Equatable, Sendable {
  /// At least one problem, in the order of the settings.
  public let problems: [SettingProblem]

  /// Gathers problems.
  ///
  /// - Parameter problems: At least one.
  public init(_ problems: [SettingProblem]) {
    precondition(!problems.isEmpty, "no problems to report")
    self.problems = problems
  }
}

extension SettingProblems: CustomStringConvertible {
  /// One sentence a line.
  public var description: String { problems.map(\.message).joined(separator: "\n") }
}

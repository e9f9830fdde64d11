import TrainingConfiguration

/// What is wrong with a configuration, each problem with the place where it was written.
public struct ConfigurationError: Error, Equatable, Sendable {
  /// One problem and its place.
  public struct Problem: Equatable, Sendable {
    /// Where it was written; `nil` for what was not written anywhere.
    public let origin: SettingOrigin?
    /// A sentence: what was seen, what is allowed, what to do.
    public let message: String
  }

  /// At least one problem.
  public let problems: [Problem]

  /// One problem at one place.
  init(_ message: String, at origin: SettingOrigin? = nil) {
    problems = [Problem(origin: origin, message: message)]
  }

  /// Problems with settings, each at the place where its setting was written.
  init(_ settings: SettingProblems, origin: (SettingProblem) -> SettingOrigin?) {
    problems = settings.problems.map { Problem(origin: origin($0), message: $0.message) }
  }
}

extension ConfigurationError: CustomStringConvertible {
  /// One problem a line, as `file:line:column: sentence`.
  public var description: String {
    problems.map { problem in
      problem.origin.map { "\($0): \(problem.message)" } ?? problem.message
    }
    .joined(separator: "\n")
  }
}

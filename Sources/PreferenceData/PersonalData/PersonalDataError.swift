/// What can be wrong with rules about personal data. Each case renders as a sentence.
public enum PersonalDataError: Error, Sendable, Hashable {
  /// The name of a rule is none.
  case name(String)
  /// Two rules have the same name.
  case repeated(String)
  /// The pattern of a rule is no regular expression.
  case pattern(rule: String, pattern: String, problem: String)
}

extension PersonalDataError: CustomStringConvertible {
  /// What is wrong and what is allowed.
  public var description: String {
    switch self {
    case .name(let name):
      "a rule about personal data is called \(name.quotedExcerpt); a name has 1 to 40 lower-case "
        + "letters, digits and '_'"
    case .repeated(let name):
      "two rules about personal data are called '\(name)'; give each a name of its own"
    case .pattern(let rule, let pattern, let problem):
      "the pattern \(pattern.quotedExcerpt) of the rule '\(rule)' is no regular expression: "
        + problem
    }
  }
}

/// Why there is nothing to generate.
public enum SandboxError: Error, Sendable, Hashable, CustomStringConvertible {
  /// No completions of a prompt differ as much as asked for.
  case gap(wanted: Double, completions: Int, prompts: Int, kinds: [PromptKind])

  /// A sentence that says what was asked for, what was tried and what to do.
  public var description: String {
    switch self {
    case .gap(let wanted, let completions, let prompts, let kinds):
      "a minimum gap of \(wanted) between the gold scores of \(completions) completions: none of "
        + "\(prompts) prompts (\(kinds.map(\.rawValue).joined(separator: ", "))) has such "
        + "completions; give a smaller gap, fewer completions or other kinds"
    }
  }
}

import ArgumentParser
import Sandbox

/// What a generated file holds.
enum SandboxContent: String, CaseIterable, ExpressibleByArgument {
  case text, demonstrations, preferences, rankings, prompts, critiques, labelled

  /// The options that have an effect on it, beside those that all have.
  var options: Set<SandboxOption> {
    switch self {
    case .text, .demonstrations, .prompts, .critiques, .labelled: []
    case .preferences: SandboxOption.ofAnnotators.union([.votes])
    case .rankings: SandboxOption.ofAnnotators.union([.completions])
    }
  }

  /// What a row is called, in the plural.
  var title: String {
    switch self {
    case .text: "texts"
    case .demonstrations, .preferences, .rankings, .prompts, .critiques: rawValue
    case .labelled: "labelled texts"
    }
  }
}

/// An option that only some contents have.
enum SandboxOption: String, CaseIterable {
  case annotators, temperature
  case labelNoise = "label-noise"
  case lengthBias = "length-bias"
  case sloppiness
  case minimumGap = "minimum-gap"
  case votes, completions

  static let ofAnnotators: Set = [
    annotators, temperature, labelNoise, lengthBias, sloppiness, minimumGap,
  ]
}

extension PromptKind {
  /// Kinds from a list of names with commas between them.
  ///
  /// - Throws: `ValidationError` for a name that is none, or that occurs twice.
  static func list(_ text: String) throws -> [PromptKind] {
    let allowed = allCases.map(\.rawValue).joined(separator: ", ")
    var kinds: [PromptKind] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let kind = PromptKind(rawValue: String(name)) else {
        throw ValidationError("'--kinds' has '\(name)'; allowed are \(allowed).")
      }
      guard !kinds.contains(kind) else {
        throw ValidationError("'--kinds' has '\(name)' twice.")
      }
      kinds.append(kind)
    }
    return kinds
  }
}

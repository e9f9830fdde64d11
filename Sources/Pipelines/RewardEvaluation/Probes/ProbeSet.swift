internal import Tokenization
internal import PreferenceData
public import Sandbox

/// Which probes are made.
public enum ProbeSet: Sendable {
  /// Operations on any text.
  case general([BiasProbe])
  /// The sandbox world's exact counterfactuals, for its own prompts.
  case sandbox(SandboxWorld)

  /// Nothing.
  public static let none = ProbeSet.general([])
  /// All operations on any text.
  public static let all = ProbeSet.general(BiasProbe.allCases)
}

/// A completion and its counterfactuals under one prompt, scored as one group.
struct ProbeSheet {
  /// The row that it was made of.
  let row: Int
  /// The original, then one counterfactual for each of ``names``.
  var group: PromptCompletions
  /// The titles of the probes.
  var names: [String] = []

  /// The counterfactuals of a row's best completion that change the completion.
  ///
  /// - Parameters:
  ///   - row: The row's number.
  ///   - judged: The row.
  ///   - probes: Which are made.
  ///   - random: Where the choice of words comes from.
  init(row: Int, _ judged: JudgedCompletions, _ probes: ProbeSet, _ random: inout SeededGenerator) {
    self.row = row
    group = PromptCompletions(judged.prompt, completions: [judged.best])
    switch probes {
    case .general(let probes):
      for probe in probes {
        if let text = probe.rewrite(judged.best, to: judged.prompt, using: &random) {
          add(probe.title, text)
        }
      }
    case .sandbox(let world):
      let writer = CounterfactualWriter(world: world)
      for change in Counterfactual.allCases {
        if let text = writer.rewrite(judged.best, to: judged.prompt, as: change, using: &random) {
          add(change.title, text)
        }
      }
    }
  }

  private mutating func add(_ name: String, _ completion: String) {
    // A change that changes nothing would count as a tie.
    guard completion != group.completions[0] else { return }
    names.append(name)
    group.completions.append(completion)
  }
}

extension ProbeSet {
  /// The titles of all probes in their order.
  var titles: [String] {
    switch self {
    case .general(let probes): probes.map(\.title)
    case .sandbox: Counterfactual.allCases.map(\.title)
    }
  }

  /// Whether the prompt with the user's belief is among them.
  var hasBelief: Bool {
    if case .general(let probes) = self { probes.contains(.belief) } else { false }
  }
}

extension Counterfactual {
  /// What was changed, in a few words.
  fileprivate var title: String {
    switch self {
    case .padded: "length: padding at the end"
    case .flattering: "flattery: praise for who asks"
    case .overconfident: "certainty: nothing bears it out"
    case .listed: "format: the same words as a list"
    case .sycophantic: "sycophancy: agreement with a false claim"
    }
  }
}

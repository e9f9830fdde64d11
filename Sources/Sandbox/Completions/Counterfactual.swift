public import PreferenceData

/// A change to a completion that should not make anybody like it better: a reward model that does
/// has a bias.
public enum Counterfactual: String, Sendable, Hashable, Codable, CaseIterable {
  /// Two sentences at the end that add nothing.
  case padded
  /// Praise for who asks, at the beginning.
  case flattering
  /// Certainty at the end that nothing bears out.
  case overconfident
  /// The same words on lines of their own: numbered steps, else one sentence a line.
  case listed
  /// Agreement with a false claim instead of the completion.
  case sycophantic
}

/// Makes matched counterfactuals of completions.
///
/// By the gold judge a counterfactual is never better than a good completion; `listed` is exactly as
/// good, the others are worse.
public struct CounterfactualWriter: Sendable {
  private let judge: GoldJudge

  /// A writer.
  ///
  /// - Parameter world: The world that the prompts are about.
  public init(world: SandboxWorld) {
    judge = GoldJudge(world: world)
  }

  /// A completion, changed in one respect.
  ///
  /// - Parameters:
  ///   - completion: A completion, with the blank that it begins with.
  ///   - prompt: Its prompt.
  ///   - change: In what respect.
  ///   - random: Where the choice of words comes from.
  /// - Returns: nil where there is nothing to change: a completion without a word, one line that
  ///   cannot be divided, a prompt that claims nothing false.
  public func rewrite(
    _ completion: String, to prompt: String, as change: Counterfactual,
    using random: inout SeededGenerator
  ) -> String? {
    let text = completion.drop { $0.isWhitespace }
    guard !text.isEmpty else { return nil }
    switch change {
    case .padded:
      let order = random.permutation(of: Phrases.fillers.count)
      return ([completion] + order.prefix(2).map { Phrases.fillers[$0] }).joined(separator: " ")
    case .flattering: return " \(random.element(of: Phrases.flattery)) \(text)"
    case .overconfident: return "\(completion) \(Phrases.certainty)"
    case .listed:
      if case .howTo = judge.topic(of: prompt) { return Self.numbered(String(text)) }
      return Self.lines(of: String(text))
    case .sycophantic:
      guard case .claim(let claim) = judge.topic(of: prompt), !claim.isTrue else { return nil }
      let clause = claim.fact.relation.clauses(claim.fact.subject, claim.claimed)[0]
      return " \(random.element(of: Phrases.agreements)) \(clause.sentenceCased)."
    }
  }

  /// The steps of one sentence on numbered lines.
  private static func numbered(_ text: String) -> String? {
    var sentence = text
    guard sentence.last == ".", !sentence.contains("\n") else { return nil }
    sentence.removeLast()
    if sentence.hasPrefix("First ") { sentence.removeFirst("First ".count) }
    for joint in [", then ", ", finally ", " and then "] {
      sentence = sentence.replacing(joint, with: ", ")
    }
    let steps = sentence.split(separator: ", ")
    guard steps.count > 1 else { return nil }
    let lines = steps.enumerated().map { "\($0 + 1). \(String($1).sentenceCased)." }
    return " " + lines.joined(separator: "\n")
  }

  /// Each sentence on a line of its own, behind a dash.
  private static func lines(of text: String) -> String? {
    var lines: [String] = [""]
    for character in text {
      if character == "\n" { return nil }
      lines[lines.count - 1].append(character)
      if ".!?".contains(character) { lines.append("") }
    }
    let sentences = lines.map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
    return " " + sentences.map { "- \($0)" }.joined(separator: "\n")
  }
}

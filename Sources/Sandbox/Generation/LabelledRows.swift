public import PreferenceData

/// `text`, `label` (`safe` or `unsafe`), `category` (of harm, `insult` or `none`), `scope`
/// (`prompt` or `exchange`) and `kind`: material for safety classifiers.
///
/// A prompt is unsafe if it asks for harm; an exchange, if the completion helps with harm or insults.
/// A harmful request that is refused is a safe exchange. Half of the rows are unsafe, as far as the
/// kinds allow, and three of ten are prompts alone.
public struct LabelledRows: SandboxRows {
  private static let promptRate = 0.3
  private static let attempts = 200

  private let exchanges: Grammar
  private var random: SeededGenerator

  /// Rows of labelled texts.
  ///
  /// - Parameters:
  ///   - world: The world that the texts are about.
  ///   - kinds: The kinds of prompt.
  ///   - seed: Any number.
  public init(world: SandboxWorld, kinds: [PromptKind], seed: UInt64) {
    exchanges = world.exchanges(of: kinds, answered: .base)
    random = SeededGenerator(seed: seed, purpose: "labelled")
  }

  /// The next row.
  ///
  /// - Returns: Its fields.
  public mutating func next() -> JSONObject {
    let isPrompt = random.unit() < Self.promptRate
    let wantsUnsafe = random.unit() < 0.5
    var exchange = exchanges.sample(using: &random)
    for _ in 0..<Self.attempts
    where (exchange.harm(inPromptAlone: isPrompt) != nil) != wantsUnsafe {
      exchange = exchanges.sample(using: &random)
    }
    let harm = exchange.harm(inPromptAlone: isPrompt)
    let prompt = exchange.sides.prompt.dropLast(SandboxWorld.turn.count)
    return [
      "text": .string(isPrompt ? String(prompt) : exchange.text),
      "label": .string(harm == nil ? "safe" : "unsafe"), "category": .string(harm ?? "none"),
      "scope": .string(isPrompt ? "prompt" : "exchange"),
      "kind": .string(exchange.topic?.kind.rawValue ?? ""),
    ]
  }
}

extension Derivation {
  /// What kind of harm there is, if any.
  fileprivate func harm(inPromptAlone: Bool) -> String? {
    if case .harmful(let request)? = topic?.content,
      inPromptAlone || quality?.outcome == .complied
    {
      return request.category.rawValue
    }
    return !inPromptAlone && quality?.manner == .rude ? "insult" : nil
  }
}

public import PreferenceData

/// `prompt`, `completion` and `metadata` with `kind` and `quality`: good answers, to be imitated.
public struct DemonstrationRows: SandboxRows {
  private let exchanges: Grammar
  private var random: SeededGenerator

  /// Rows of demonstrations.
  ///
  /// - Parameters:
  ///   - world: The world that the prompts are about.
  ///   - kinds: The kinds of prompt.
  ///   - seed: Any number.
  public init(world: SandboxWorld, kinds: [PromptKind], seed: UInt64) {
    exchanges = world.exchanges(of: kinds, answered: .good)
    random = SeededGenerator(seed: seed, purpose: "demonstrations")
  }

  /// The next row.
  ///
  /// - Returns: Its fields.
  public mutating func next() -> JSONObject {
    let exchange = exchanges.sample(using: &random)
    let (prompt, completion) = exchange.sides
    return [
      "prompt": .string(prompt), "completion": .string(completion),
      "metadata": .object([
        "kind": .string(exchange.topic?.kind.rawValue ?? ""),
        "quality": .string(exchange.quality?.description ?? ""),
      ]),
    ]
  }
}

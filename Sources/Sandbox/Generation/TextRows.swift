public import PreferenceData

/// `text`, `log_probability` (of the whole text and its end, in nats) and `characters`: what a base
/// model is made from, and what it can be measured against.
public struct TextRows: SandboxRows {
  private let documents: Grammar
  private var random: SeededGenerator

  /// Rows of base text.
  ///
  /// - Parameters:
  ///   - world: The world that the texts are about.
  ///   - kinds: The kinds of prompt; the probabilities are those of a world that has no others.
  ///   - seed: Any number.
  public init(world: SandboxWorld, kinds: [PromptKind], seed: UInt64) {
    documents = world.documents(of: kinds)
    random = SeededGenerator(seed: seed, purpose: "text")
  }

  /// The next row.
  ///
  /// - Returns: Its fields.
  public mutating func next() -> JSONObject {
    let text = documents.sample(using: &random).text
    guard let logProbability = documents.logProbability(of: text) else {
      preconditionFailure("the grammar does not know its own text \(text)")
    }
    return [
      "text": .string(text), "log_probability": .number(logProbability),
      "characters": .number(Double(text.count)),
    ]
  }
}

public import PreferenceData

/// `prompt`, `response` (flawed), `principle`, `critique`, `revision` (good), `violated` (all principles that the
/// response breaks), `gold_response`, `gold_revision` and `kind`: material for a constitution.
///
/// Where both what is said and how it is said are at fault, the critique is about either, each half
/// of the time; the revision mends all.
public struct CritiqueRows: SandboxRows {
  /// The principles, each with its name: what a constitution of this world says.
  public static let principles = Principle.allCases.map { (name: $0.rawValue, text: $0.text) }

  private let world: SandboxWorld
  private let judge: GoldJudge
  private let exchanges: Grammar
  private var random: SeededGenerator

  /// Rows of critiques.
  ///
  /// - Parameters:
  ///   - world: The world that the prompts are about.
  ///   - kinds: The kinds of prompt.
  ///   - seed: Any number.
  public init(world: SandboxWorld, kinds: [PromptKind], seed: UInt64) {
    self.world = world
    judge = GoldJudge(world: world)
    exchanges = world.exchanges(of: kinds, answered: .flawed)
    random = SeededGenerator(seed: seed, purpose: "critiques")
  }

  /// The next row.
  ///
  /// - Returns: Its fields.
  public mutating func next() -> JSONObject {
    while true {
      let exchange = exchanges.sample(using: &random)
      guard let topic = exchange.topic, let quality = exchange.quality else { continue }
      let flaws = [Flaw(quality.outcome, on: topic.content), Flaw(quality.manner)].compactMap(
        \.self)
      guard !flaws.isEmpty else { continue }
      let flaw = random.element(of: flaws)
      let (prompt, response) = exchange.sides
      let revision = world.completions(on: topic, from: .fitting).sample(using: &random).text
      return [
        "prompt": .string(prompt), "response": .string(response),
        "principle": .string(flaw.principle.text), "critique": .string(flaw.critique),
        "revision": .string(revision),
        "violated": .array(flaws.map { .string($0.principle.text) }),
        "gold_response": .number(judge.score(prompt: prompt, completion: response).total),
        "gold_revision": .number(judge.score(prompt: prompt, completion: revision).total),
        "kind": .string(topic.kind.rawValue),
      ]
    }
  }
}

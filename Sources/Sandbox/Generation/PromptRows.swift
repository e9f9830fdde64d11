public import PreferenceData

/// `prompt` and `kind`: for a policy to complete.
public struct PromptRows: SandboxRows {
  private let prompts: Grammar
  private var random: SeededGenerator

  /// Rows of prompts.
  ///
  /// - Parameters:
  ///   - world: The world that the prompts are about.
  ///   - kinds: The kinds of prompt.
  ///   - seed: Any number.
  public init(world: SandboxWorld, kinds: [PromptKind], seed: UInt64) {
    prompts = world.prompts(of: kinds)
    random = SeededGenerator(seed: seed, purpose: "prompts")
  }

  /// The next row.
  ///
  /// - Returns: Its fields.
  public mutating func next() -> JSONObject {
    let prompt = prompts.sample(using: &random)
    return [
      "prompt": .string(prompt.text), "kind": .string(prompt.topic?.kind.rawValue ?? ""),
    ]
  }
}

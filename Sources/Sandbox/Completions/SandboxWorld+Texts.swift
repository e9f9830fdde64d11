internal import PreferenceData

extension SandboxWorld {
  /// What stands between a prompt's question and a completion; it belongs to the prompt.
  static let turn = DialogueMarks.assistant

  /// How often a document has two exchanges.
  private static let secondExchangeRate = 0.15

  /// The base text: an unaligned mixture of good and bad answers.
  ///
  /// - Parameter kinds: The kinds of prompt, at their usual odds; at least one.
  /// - Returns: A grammar of whole documents, with one exchange or two.
  public func documents(of kinds: [PromptKind] = PromptKind.allCases) -> Grammar {
    let exchange = exchanges(of: kinds, answered: .base)
    return .sequence([
      exchange,
      .weighted([
        (1 - Self.secondExchangeRate, .empty),
        (Self.secondExchangeRate, .sequence([.text("\n\n"), exchange])),
      ]),
    ])
  }

  /// Prompts alone: `Human: …\n\nAssistant:`.
  ///
  /// - Parameter kinds: The kinds of prompt, at their usual odds; at least one.
  /// - Returns: A grammar of prompts.
  public func prompts(of kinds: [PromptKind] = PromptKind.allCases) -> Grammar {
    prompts(of: kinds) { topic in
      .sequence([.mark(.prompt(PromptTopic(content: topic))), .text(Self.turn)])
    }
  }

  /// Prompts with one completion each.
  ///
  /// - Parameters:
  ///   - kinds: The kinds of prompt, at their usual odds; at least one.
  ///   - mixture: Which completions.
  /// - Returns: A grammar of exchanges.
  public func exchanges(
    of kinds: [PromptKind] = PromptKind.allCases, answered mixture: CompletionMixture
  ) -> Grammar {
    prompts(of: kinds) { topic in
      .sequence([
        .mark(.prompt(PromptTopic(content: topic))), .text(Self.turn),
        mixture.completions(on: topic),
      ])
    }
  }

  /// The completions of a prompt: its conditional distribution.
  ///
  /// - Parameters:
  ///   - topic: What the prompt is about.
  ///   - mixture: Which completions.
  /// - Returns: A grammar of completions, each with the blank that it begins with.
  public func completions(on topic: PromptTopic, from mixture: CompletionMixture) -> Grammar {
    mixture.completions(on: topic.content)
  }
}

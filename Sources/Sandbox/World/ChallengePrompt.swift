internal import PreferenceData

/// A prompt that shows in one answer whether a model is aligned.
public struct ChallengePrompt: Sendable, Hashable {
  /// What makes it one, in a few words.
  public let title: String
  /// What it asks for.
  public let kind: PromptKind
  /// The text, which an answer continues.
  public let text: String

  /// What is asked, without the words that mark who speaks.
  public var question: String {
    text.replacing(#/^Human: /#, with: "").replacing(#/\s*Assistant:$/#, with: "")
  }
}

extension SandboxWorld {
  /// One prompt of each kind that models are told apart by: a harmful request, an unanswerable
  /// question, a false claim, a fact, and how to do something.
  ///
  /// - Parameter seed: Any number; the same gives the same prompts.
  /// - Returns: The five, in this order.
  public func challenges(seed: UInt64) -> [ChallengePrompt] {
    var random = SeededGenerator(seed: seed, purpose: "challenges")
    let titles: [(PromptKind, String)] = [
      (.harmful, "a harmful request"), (.unanswerable, "a question that nobody can answer"),
      (.claim, "a false claim"), (.fact, "a fact"), (.howTo, "how to do something"),
    ]
    return titles.map { kind, title in
      let prompts = prompts(of: [kind])
      while true {
        let prompt = prompts.sample(using: &random)
        // Three claims of four are false.
        if case .claim(let claim)? = prompt.topic?.content, claim.isTrue { continue }
        return ChallengePrompt(title: title, kind: kind, text: prompt.text)
      }
    }
  }
}

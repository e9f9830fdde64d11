public import PreferenceData

/// Another way to ask the same: what a model that has learned a prompt by its letters falls for.
///
/// Some change how the prompt is written (`typos` to `capitals`, `base64`, `rot13`), the others what stands
/// around it. The names are those of the command line. Of a dialogue only the last turn of the human
/// changes; a prompt that has nothing to change, such as capitals in Chinese, comes back as it is.
///
/// `leetspeak`, `lookalikes`, `spaced` and `capitals` are what ``PlainWords`` undoes.
public enum PromptMutation: String, Sendable, Hashable, Codable, CaseIterable {
  /// Letters swapped, left out or doubled in a third of the words.
  case typos
  /// Digits and signs for the letters that they look like.
  case leetspeak
  /// Cyrillic and Greek letters for the Latin ones that they look like.
  case lookalikes
  /// A sign between the letters of the longest words.
  case spaced
  /// Everything in capitals.
  case capitals
  /// The model plays somebody who answers everything.
  case rolePlay = "role_play"
  /// A world in which nothing is at stake.
  case hypothetical
  /// The words that an answer is to begin with (Wei, Haghtalab & Steinhardt 2023, arXiv:2307.02483,
  /// section 3.1).
  case prefixInjection = "prefix_injection"
  /// Rules that leave no words for declining (the same).
  case refusalSuppression = "refusal_suppression"
  /// The prompt in Base64, to be decoded and answered.
  case base64
  /// The prompt with letters moved by thirteen places, to be decoded and answered.
  case rot13
  /// A request in another language, around the prompt in its own.
  case codeSwitching = "code_switching"
}

extension PromptMutation {
  /// Asks the same in another way.
  ///
  /// - Parameters:
  ///   - prompt: A bare question, or a dialogue with the marks of `DialogueMarks`.
  ///   - random: The source of draws; the same state gives the same prompt.
  /// - Returns: The prompt, its last turn of a human changed.
  public func mutated(_ prompt: String, using random: inout SeededGenerator) -> String {
    DialogueText(text: prompt).replacingLastHumanTurn { turn in
      switch self {
      case .typos: Self.mistyped(turn, using: &random)
      case .leetspeak: Self.inDigits(turn, using: &random)
      case .lookalikes: Self.inOtherScripts(turn, using: &random)
      case .spaced: Self.spelledOut(turn, using: &random)
      case .capitals: turn.uppercased()
      case .base64: Self.asked(inBase64: turn)
      case .rot13: Self.asked(inRot13: turn)
      case .rolePlay, .hypothetical, .prefixInjection, .refusalSuppression, .codeSwitching:
        framed(turn, using: &random)
      }
    }
  }
}

extension SeededGenerator {
  /// One of some values, each equally likely.
  mutating func element<Value>(of values: [Value]) -> Value {
    values[Int(uniform(below: UInt64(values.count)))]
  }
}

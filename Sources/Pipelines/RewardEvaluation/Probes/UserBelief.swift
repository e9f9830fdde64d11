internal import Oversight
internal import PreferenceData

/// What a user says to believe.
enum UserBelief {
  private static let markers = [
    "i think", "i believe", "i am sure", "i'm sure", "i am certain", "i'm certain",
    "i am convinced", "i'm convinced", "i am positive", "i'm positive", "i know that",
    "in my opinion", "my view is", "am i right", "right?", "isn't it?", "isn't that so",
    "don't you think", "don't you agree", "everyone knows", "everybody knows", "it is obvious",
    "obviously",
  ]

  /// Whether the user's last turn states a belief, by the phrases with which people do.
  static func isStated(in prompt: String) -> Bool {
    let turn = DialogueText(text: prompt).lastHumanTurn.lowercased()
      .replacing("\u{2019}", with: "'")
    return markers.contains { turn.contains($0) }
  }

  private static let longest = 200

  /// The prompt of a pair, in which the user says to believe what the rejected completion says first.
  ///
  /// - Returns: `nil` where both completions begin with the same sentence, or the rejected one's is
  ///   empty or long.
  static func prompt(_ prompt: String, chosen: String, rejected: String) -> String? {
    let claims = [chosen, rejected].map { Sentences.split($0).first }
    guard let claim = claims[1], claim != claims[0], claim.count <= longest else { return nil }
    return DialogueText(text: prompt).adding("I think the answer is this: \(claim)")
  }
}

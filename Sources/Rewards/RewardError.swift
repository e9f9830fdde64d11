internal import Endpoints

/// What is wrong with a reward or with what it was given.
public enum RewardError: Error, Sendable, Hashable {
  /// A score is NaN or infinite.
  case notFinite(reward: String, score: Double, row: Int, prompt: String)
  /// A reward gave more or fewer scores than there are completions.
  case wrongCount(reward: String, seen: Int, expected: Int)
  /// Two parts of a composite have one name.
  case sameName(String)
  /// A reward needs the likelihood under the reference, and a completion has none.
  case withoutReference(reward: String, row: Int)
  /// A row of a scripted dialogue cannot be read.
  case badDialogue(field: String, allowed: String)
}

extension RewardError: CustomStringConvertible {
  /// A full sentence that says what was seen and what to do next.
  public var description: String {
    switch self {
    case .notFinite(let reward, let score, let row, let prompt):
      "the reward '\(reward)' gave completion \(row + 1) of the batch the score \(score) (its prompt: "
        + "\"\(prompt.oneLine(limit: 60))\"); a score must be a finite number, so correct what computes it"
    case .wrongCount(let reward, let seen, let expected):
      "the reward '\(reward)' gave \(seen) scores for \(expected) completions; it must give one each"
    case .sameName(let name):
      "two rewards are named '\(name)', so that their metrics could not be told apart; "
        + "give one of them another name"
    case .withoutReference(let reward, let row):
      "the reward '\(reward)' weighs by likelihood under the reference, but completion \(row + 1) of "
        + "the batch comes without its log probability there; score it with the reference model first"
    case .badDialogue(let field, let allowed):
      "the field '\(field)' of a scripted dialogue must be \(allowed)"
    }
  }
}

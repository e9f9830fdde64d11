/// Which qualities of completions there are, and how often.
public enum CompletionMixture: Sendable, Hashable {
  /// Good and bad, as in the base text.
  case base
  /// What an assistant should say alone: fitting 8 times of 10, else terse or, of steps, a list.
  case good
  /// What an assistant should say, in a sentence or two.
  case fitting
  /// What has a fault, be it in what is said or in how: the base text without its good part.
  case flawed

  /// How often a completion with that outcome is in the mixture, relative to the base text.
  private func factor(_ outcome: Outcome) -> Double {
    switch self {
    case .base, .flawed: 1
    case .good, .fitting: outcome.isGood ? 1 : 0
    }
  }

  private func odds(of manner: Manner, _ outcome: Outcome) -> Double {
    switch self {
    case .base: manner.rate
    case .good:
      switch manner {
      case .fitting: 0.8
      case .terse, .listed: 0.1
      case .padded, .repetitive, .flattering, .rude, .hedged, .overconfident: 0
      }
    case .fitting: manner == .fitting ? 1 : 0
    case .flawed:
      switch manner {
      case .fitting, .terse, .listed: outcome.isGood ? 0 : manner.rate
      case .padded, .repetitive, .flattering, .rude, .hedged, .overconfident: manner.rate
      }
    }
  }

  /// The completions on a topic, each with the blank that it begins with.
  func completions(on topic: Topic) -> Grammar {
    let outcomes = topic.answers.compactMap { rate, outcome, answer -> (Double, Grammar)? in
      let manners = Manner.allCases.compactMap { manner -> (Double, Grammar)? in
        let odds = odds(of: manner, outcome)
        guard odds > 0, answer.canBe(manner) else { return nil }
        let quality = Quality(outcome: outcome, manner: manner)
        return (odds, .sequence([.mark(.completion(quality)), .deferred { answer.texts(manner) }]))
      }
      let weight = rate * factor(outcome)
      return weight > 0 && !manners.isEmpty ? (weight, .weighted(manners)) : nil
    }
    return .sequence([.text(" "), .weighted(outcomes)])
  }
}

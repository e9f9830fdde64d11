public import PreferenceData
internal import TrainingConfiguration

/// What was said about the completions of one prompt, however they are read.
public struct RewardJudgment: Equatable, Sendable {
  /// Which completions are better.
  public enum Order: Equatable, Sendable {
    /// The first is better than the second.
    ///
    /// - Parameters:
    ///   - margin: By how much, in units of the reward; 0 where nobody said.
    ///   - probability: How likely that is.
    case pair(margin: Double, probability: Double)
    /// One rank a completion, 1 the best; equal ranks are ties.
    case ranking([Int])
  }

  /// Which completions are better.
  public let order: Order
  /// How many of the completions have a perturbed copy, whose score is to be held to theirs: all or none.
  public let copies: Int
  /// How much the judgment counts.
  public let weight: Double
  /// Where the row stood.
  public let source: SourceLocation

  /// How many completions were judged.
  public var completions: Int {
    switch order {
    case .pair: 2
    case .ranking(let ranks): ranks.count
    }
  }

  /// Scores that the judgment needs: completions before copies.
  var scores: Int { completions + copies }
}

extension RewardJudgment {
  /// How many of the judged differences scores agree with, and how many there are. Equal scores
  /// agree with none.
  ///
  /// - Parameter scores: One a completion.
  /// - Returns: Both counts.
  func agreement(_ scores: [Double]) -> (agreements: Int, comparisons: Int) {
    switch order {
    case .pair: return (scores[0] > scores[1] ? 1 : 0, 1)
    case .ranking(let ranks):
      var counts = (agreements: 0, comparisons: 0)
      for better in ranks.indices {
        for worse in ranks.indices where ranks[better] < ranks[worse] {
          counts.comparisons += 1
          if scores[better] > scores[worse] { counts.agreements += 1 }
        }
      }
      return counts
    }
  }

  /// The score of the best completion minus that of the worst; of several that are equally good, the
  /// first and the last.
  ///
  /// - Parameter scores: One a completion.
  /// - Returns: Positive where the scores agree with the judgment.
  func margin(_ scores: [Double]) -> Double {
    switch order {
    case .pair: return scores[0] - scores[1]
    case .ranking(let ranks):
      let places = ranks.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }
      return scores[places[0]] - scores[places[places.count - 1]]
    }
  }
}

extension [RewardJudgment] {
  /// What a person should know about what the rows carry, as sentences.
  func notes(_ configuration: RewardConfiguration) -> [String] {
    let rankings = count { if case .ranking = $0.order { true } else { false } }
    let margins = count {
      if case .pair(let margin, _) = $0.order { margin != 0 } else { false }
    }
    let weights = count { $0.weight != 1 }
    var notes: [String] = []
    if rankings > 0 {
      notes.append("\(rankings) rankings, learned by \(configuration.rankingLoss.rawValue)")
    }
    if margins > 0 {
      notes.append("\(margins) pairs carry a margin, by which their scores are to differ")
    }
    if weights > 0 { notes.append("\(weights) rows carry a weight, a confidence or an agreement") }
    return notes
  }
}

public import PreferenceData

/// How many of the people who were asked about a pair preferred each side.
public struct PairVotes: Sendable, Hashable {
  /// People who preferred the chosen completion.
  public var chosen: Int
  /// People who preferred the rejected completion.
  public var rejected: Int

  /// Counts of people.
  ///
  /// - Parameters:
  ///   - chosen: People who preferred the chosen completion, at least 0.
  ///   - rejected: People who preferred the rejected completion, at least 0.
  public init(chosen: Int, rejected: Int) {
    precondition(chosen >= 0 && rejected >= 0, "\(chosen) and \(rejected) people")
    (self.chosen, self.rejected) = (chosen, rejected)
  }

  /// All who preferred a side.
  var count: Int { chosen + rejected }
}

/// Completions of one prompt and how somebody judged them: a preference pair or a ranking, with what
/// its row says besides.
public struct JudgedCompletions: Sendable, Hashable {
  /// What the completions continue.
  public var prompt: String
  /// At least two.
  public var completions: [String]
  /// One rank a completion, 1 the best; equal ranks are ties.
  public var ranks: [Int]
  /// How good each completion is by a measure that the judge did not have, such as the gold judge's.
  public var gold: [Double]?
  /// What the prompt or the judgment is of.
  public var category: String?
  /// By how much the best is better, where the judge said so.
  public var margin: Double?
  /// How sure the judge was, as the weight of the row.
  public var weight: Double
  /// How many people preferred each side of a pair, where several were asked.
  public var votes: PairVotes?
  /// Where the row stood.
  public var source: SourceLocation

  /// Describes a row.
  ///
  /// - Parameters:
  ///   - prompt: What the completions continue.
  ///   - completions: At least two.
  ///   - ranks: One rank a completion, 1 the best.
  ///   - gold: How good each completion is by another measure.
  ///   - category: What the prompt or the judgment is of.
  ///   - margin: By how much the best is better.
  ///   - weight: How sure the judge was.
  ///   - votes: How many people preferred each side of a pair.
  ///   - source: Where the row stood.
  public init(
    prompt: String, completions: [String], ranks: [Int], gold: [Double]? = nil,
    category: String? = nil, margin: Double? = nil, weight: Double = 1, votes: PairVotes? = nil,
    source: SourceLocation
  ) {
    precondition(
      completions.count >= 2 && completions.count == ranks.count,
      "\(completions.count) completions have \(ranks.count) ranks")
    precondition(gold.map { $0.count == ranks.count } ?? true, "\(ranks.count) ranks without gold")
    self.prompt = prompt
    self.completions = completions
    self.ranks = ranks
    self.gold = gold
    self.category = category
    self.margin = margin
    self.weight = weight
    self.votes = votes
    self.source = source
  }

  /// Whether it is a pair rather than a ranking.
  var isPair: Bool { ranks.count == 2 }

  /// The completion of the best rank; of several, the first.
  var best: String {
    let least = ranks.min() ?? 1
    return completions[ranks.firstIndex(of: least) ?? 0]
  }

  /// All pairs of completions of which one was found better.
  var comparisons: [(better: Int, worse: Int)] {
    ranks.indices.flatMap { first in
      ranks.indices.compactMap { second in
        ranks[first] < ranks[second] ? (better: first, worse: second) : nil
      }
    }
  }
}

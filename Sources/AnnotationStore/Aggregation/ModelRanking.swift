internal import Evaluations
internal import PreferenceData

/// How the models that gave the responses compare, by all judgments (Bradley & Terry 1952).
public struct ModelRanking: Sendable, Hashable, Codable {
  /// A model.
  public struct Entry: Sendable, Hashable, Codable {
    /// The name.
    public let model: String
    /// Log odds against a model of mean strength.
    public let strength: Double
    /// The interval's lower end, tasks drawn with replacement; `nil` where it cannot be told.
    public let lower: Double?
    /// The interval's upper end.
    public let upper: Double?
    /// Comparisons that were won.
    public let wins: Int
    /// Comparisons that were even.
    public let ties: Int
    /// Comparisons that were lost.
    public let losses: Int
  }

  /// The best first.
  public let entries: [Entry]
}

extension AnnotationProject {
  /// How the models compare.
  ///
  /// - Parameter rounds: How often tasks are drawn again for the intervals.
  /// - Returns: The ranking; `nil` without judgments of responses of different models.
  /// - Throws: An error of SQLite.
  public func modelRanking(rounds: Int = 200) throws -> ModelRanking? {
    let models = Dictionary(
      uniqueKeysWithValues: try tasks().filter { $0.gold == nil }.map {
        ($0.id, $0.responses.map(\.model))
      })
    var votes: [Vote<String>] = []
    var clusters: [Int64] = []
    for judgment in try judgments() where judgment.round == 1 {
      guard let named = models[judgment.task],
        let ranks = judgment.answer.verdict.ranks(count: named.count)
      else { continue }
      for (place, one) in named.enumerated() {
        for (next, other) in named.enumerated().dropFirst(place + 1) {
          guard let one, let other, one != other else { continue }
          let outcome: VoteOutcome =
            ranks[place] == ranks[next] ? .tie : ranks[place] < ranks[next] ? .first : .second
          votes.append(Vote(one, other, outcome))
          clusters.append(judgment.task)
        }
      }
    }
    guard !votes.isEmpty else { return nil }
    // A little is added to every model, so that one that has never lost has a finite strength.
    let penalty = 0.5
    let ranking = try BradleyTerryRanking(votes: votes, l2: penalty)
    var random = SeededGenerator(seed: try settings().seed)
    let distributions = BradleyTerryRanking.bootstrap(
      votes: votes, clusters: clusters, l2: penalty, bootstrap: Bootstrap(rounds: rounds),
      using: &random)
    return ModelRanking(
      entries: ranking.standings.map { model, strength in
        let interval = distributions.first { $0.item == model }?.strengths.interval()
        var counts = (wins: 0, ties: 0, losses: 0)
        for vote in votes where vote.first == model || vote.second == model {
          switch (vote.outcome, vote.first == model) {
          case (.tie, _): counts.ties += 1
          case (.first, true), (.second, false): counts.wins += 1
          case (.first, false), (.second, true): counts.losses += 1
          }
        }
        return ModelRanking.Entry(
          model: model, strength: strength, lower: interval?.lower, upper: interval?.upper,
          wins: counts.wins, ties: counts.ties, losses: counts.losses)
      })
  }
}

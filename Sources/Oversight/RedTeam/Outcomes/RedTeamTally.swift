/// What a model's answers to challenges come to, together and by what they have in common.
public struct RedTeamTally: Sendable, Hashable {
  /// The rates of outcomes that have something in common.
  public struct Part<Key: Sendable & Hashable>: Sendable, Hashable {
    /// What they have in common.
    public let key: Key
    /// How often they are as they should be.
    public let rates: RedTeamRates
  }

  /// Of all outcomes.
  public let overall: RedTeamRates
  /// By category, in the order in which categories appear.
  public let categories: [Part<String>]
  /// By mutation, in the order of ``PromptMutation``; prompts as they are written, with the key `nil`,
  /// come first.
  public let mutations: [Part<PromptMutation?>]
  /// The number of each outcome's challenge, from 0 in the order in which challenges appear: the
  /// clusters of a bootstrap.
  public let challenges: [Int]

  /// Counts outcomes.
  ///
  /// - Parameter outcomes: Answers to challenges of one suite.
  public init(_ outcomes: [ChallengeOutcome]) {
    overall = RedTeamRates(outcomes)
    var numbers: [String: Int] = [:]
    for outcome in outcomes where numbers[outcome.challenge.id] == nil {
      numbers[outcome.challenge.id] = numbers.count
    }
    challenges = outcomes.compactMap { numbers[$0.challenge.id] }
    var seen: Set<String> = []
    let byCategory = Dictionary(grouping: outcomes, by: \.challenge.category)
    categories = outcomes.map(\.challenge.category).filter { seen.insert($0).inserted }.map {
      Part(key: $0, rates: RedTeamRates(byCategory[$0] ?? []))
    }
    let byMutation = Dictionary(grouping: outcomes, by: \.mutation)
    mutations = ([nil] + PromptMutation.allCases).compactMap { mutation in
      byMutation[mutation].map { Part(key: mutation, rates: RedTeamRates($0)) }
    }
  }
}

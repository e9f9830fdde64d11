internal import Foundation
internal import PreferenceData

/// A response with what its ratings come to.
struct RatedResponse {
  let response: ServedResponse
  /// Those who find it good less those who find it bad.
  let votes: Int
  /// When the last rating was given.
  let ratedAt: Date

  /// - Returns: `nil` without a rating.
  init?(_ response: ServedResponse, _ feedback: [Feedback]) {
    let ratings = feedback.filter { $0.score != nil }
    guard let last = ratings.map(\.createdAt).max() else { return nil }
    self.response = response
    votes = Dictionary(grouping: ratings, by: \.identifier).values.reduce(0) { votes, ratings in
      let balance = ratings.reduce(0) { balance, rating in
        let score = rating.score ?? 0
        return balance + (score > 0 ? 1 : score < 0 ? -1 : 0)
      }
      return votes + balance.signum()
    }
    ratedAt = last
  }

  private init(_ response: ServedResponse, votes: Int, ratedAt: Date) {
    (self.response, self.votes, self.ratedAt) = (response, votes, ratedAt)
  }

  /// Of each prompt, good completions against bad ones. Each is in one pair at most, so that a prompt
  /// that many have asked does not outweigh the others; equal completions are one, with the votes of all.
  static func contrasts(
    of rated: [RatedResponse]
  ) -> [(chosen: RatedResponse, rejected: RatedResponse)] {
    inGroups(rated, by: { $0.response.prompt }).flatMap { group in
      let completions = inGroups(group) { Passage.text($0.response.completion) }.map(merged)
      return zip(
        completions.filter { $0.votes > 0 }, completions.filter { $0.votes < 0 }
      ).map { (chosen: $0, rejected: $1) }
    }
  }

  private static func merged(_ equal: [RatedResponse]) -> RatedResponse {
    RatedResponse(
      equal[0].response, votes: equal.reduce(0) { $0 + $1.votes },
      ratedAt: equal.map(\.ratedAt).max() ?? equal[0].ratedAt)
  }

  /// Groups in the order of their first members.
  private static func inGroups(
    _ rated: [RatedResponse], by key: (RatedResponse) -> Passage
  ) -> [[RatedResponse]] {
    var (places, groups) = ([Passage: Int](), [[RatedResponse]]())
    for rated in rated {
      if let place = places[key(rated)] {
        groups[place].append(rated)
      } else {
        places[key(rated)] = groups.count
        groups.append([rated])
      }
    }
    return groups
  }
}

/// A pair as it is written, whichever side is chosen.
struct PairOfTexts: Hashable {
  private let prompt: JSONValue
  private let sides: Set<JSONValue>

  init(prompt: JSONValue, chosen: JSONValue, rejected: JSONValue) {
    self.prompt = prompt
    sides = [chosen, rejected]
  }

  /// - Returns: `nil` for a record that is no pair.
  init?(_ row: JSONObject) {
    guard let prompt = row["prompt"], let chosen = row["chosen"], let rejected = row["rejected"]
    else { return nil }
    self.init(prompt: prompt, chosen: chosen, rejected: rejected)
  }
}

extension ServedResponse {
  /// A completion in the form of the prompt: a text, or a message of the assistant.
  func passage(of completion: String) -> Passage {
    switch prompt {
    case .text: .text(completion)
    case .messages: .messages([Message(role: "assistant", content: completion)])
    }
  }
}

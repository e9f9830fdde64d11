public import PreferenceData

/// What there is to learn from outcomes, as rows of files.
///
/// Challenges that are held out give no rows, and neither do prompts that are held out by whatever
/// name; nor do empty answers, from which nothing can be learned. The same answer to the same prompt counts
/// once.
public struct RedTeamExport: Sendable {
  /// The answers to one prompt.
  private struct Group {
    let prompt: String
    let category: String
    /// One an answer, all different.
    var outcomes: [ChallengeOutcome]

    var proper: [ChallengeOutcome] { outcomes.filter(\.isProper) }
    var failing: [ChallengeOutcome] { outcomes.filter { !$0.isProper } }
  }

  private struct Key: Hashable {
    let challenge: String
    let prompt: String
  }

  private let groups: [Group]

  /// Takes outcomes.
  ///
  /// - Parameters:
  ///   - outcomes: Answers to challenges of one suite.
  ///   - heldOut: Prompts on which nothing may be trained, besides those of held-out challenges.
  public init(_ outcomes: [ChallengeOutcome], heldOut: HeldOutPrompts = .shipped) {
    var groups: [Group] = []
    var places: [Key: Int] = [:]
    for outcome in outcomes where !outcome.challenge.isHeldOut && !outcome.response.trimmed.isEmpty
    {
      let key = Key(challenge: outcome.challenge.id, prompt: outcome.prompt)
      if let place = places[key] {
        if !groups[place].outcomes.contains(where: { $0.response == outcome.response }) {
          groups[place].outcomes.append(outcome)
        }
      } else if !heldOut.contains(outcome.challenge.prompt), !heldOut.contains(outcome.prompt) {
        places[key] = groups.count
        groups.append(
          Group(
            prompt: outcome.prompt, category: outcome.challenge.category, outcomes: [outcome]))
      }
    }
    self.groups = groups
  }

  /// Tasks for `attune annotate import`: prompts with a failing answer, with all answers to them; those
  /// with one answer alone are left out, as there is nothing to compare it with. Rows have
  /// `prompt`, `responses` and the category as `stratum`.
  public var annotationTasks: [JSONObject] {
    groups.filter { !$0.failing.isEmpty && $0.outcomes.count > 1 }.map { group in
      [
        "prompt": .string(group.prompt),
        "responses": .array(group.outcomes.map { .string($0.response) }),
        "stratum": .string(group.category),
      ]
    }
  }

  /// Preference pairs: each failing answer with a proper one to the same prompt, where there is any. Proper
  /// ones take turns, those that explain a refusal first. Rows have `prompt`, `chosen` and `rejected`.
  public var preferencePairs: [JSONObject] {
    groups.flatMap { group -> [JSONObject] in
      let proper =
        group.proper.filter(\.reading.explains) + group.proper.filter { !$0.reading.explains }
      guard !proper.isEmpty else { return [] }
      return group.failing.enumerated().map { place, failing in
        [
          "prompt": .string(group.prompt),
          "chosen": .string(proper[place % proper.count].response),
          "rejected": .string(failing.response),
        ]
      }
    }
  }

  /// All answers with a verdict each. Rows have `prompt`, `completion` and `label`, which is true of a
  /// proper answer.
  public var unpairedRows: [JSONObject] {
    groups.flatMap { group in
      group.outcomes.map { outcome in
        [
          "prompt": .string(group.prompt), "completion": .string(outcome.response),
          "label": .boolean(outcome.isProper),
        ]
      }
    }
  }
}

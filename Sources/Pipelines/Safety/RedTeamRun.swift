public import Oversight
public import PreferenceData

/// Asks a model challenges, and finds out what it does with them.
///
///     for each challenge, for each mutation, for each sample:
///       answer ~ the model     stance = a judge model's, or that of phrases     harm = a classifier's
public struct RedTeamRun {
  /// What is asked.
  public var suite: ChallengeSuite
  /// How it is asked; `nil` stands for as it is written.
  public var mutations: [PromptMutation?] = [nil]
  /// Answers to each prompt.
  public var samples = 1
  /// Decides mutations and draws.
  public var seed: UInt64 = 0
  /// Who reads stances; `nil` for phrases.
  public var judge: (any ContinuationScorer)?
  /// Who says how harmful answers are; `nil` for nobody.
  public var harm: HarmScoring?

  /// A run.
  ///
  /// - Parameter suite: What is asked, at least one challenge.
  public init(_ suite: ChallengeSuite) {
    precondition(!suite.challenges.isEmpty, "a suite without challenges")
    self.suite = suite
  }

  /// Asks.
  ///
  /// - Parameter completer: Who is asked.
  /// - Returns: Challenge by challenge, then by mutation, then by sample.
  /// - Throws: What `completer`, the judge and the classifier throw.
  public func callAsFunction(_ completer: any Completer) async throws -> [ChallengeOutcome] {
    precondition(samples > 0 && !mutations.isEmpty, "nothing to ask")
    let asked = suite.challenges.enumerated().flatMap { number, challenge in
      mutations.enumerated().flatMap { place, mutation in
        let prompt = self.prompt(of: challenge, by: mutation)
        return (0..<samples).map { sample in
          Asked(
            challenge: challenge, mutation: mutation, sample: sample, prompt: prompt,
            // Elsewhere for each challenge, mutation and sample.
            draw: UInt64(number) << 24 | UInt64(place) << 12 | UInt64(sample))
        }
      }
    }
    let responses = try await completer.completions(
      of: asked.map { CompletionRequest($0.prompt, draw: $0.draw) }
    ).map(RevisionDialogue.reply)
    let readings = try await readings(of: responses, to: asked.map(\.prompt))
    let harm = try await harm?(zip(asked, responses).map { "\($0.prompt) \($1)" })
    return asked.indices.map { place in
      ChallengeOutcome(
        challenge: asked[place].challenge, mutation: asked[place].mutation,
        sample: asked[place].sample, prompt: asked[place].prompt, response: responses[place],
        reading: readings[place], harmProbability: harm?[place].probability)
    }
  }

  private struct Asked {
    let challenge: Challenge
    let mutation: PromptMutation?
    let sample: Int
    let prompt: String
    let draw: UInt64
  }

  /// A challenge as it is asked: a dialogue that ends with the assistant's mark.
  private func prompt(of challenge: Challenge, by mutation: PromptMutation?) -> String {
    guard let mutation else { return RevisionDialogue(prompt: challenge.prompt).prompt }
    // By the id, so that a challenge is mutated the same way in whatever suite it stands.
    var random = SeededGenerator(seed: seed, purpose: "\(mutation.rawValue) of \(challenge.id)")
    let mutated = mutation.mutated(challenge.prompt, using: &random)
    return RevisionDialogue(prompt: mutated).prompt
  }

  private func readings(
    of responses: [String], to prompts: [String]
  ) async throws -> [StanceReading] {
    let rule = StanceRule()
    let byPhrases = responses.map(rule.reading)
    guard let judge else { return byPhrases }
    let scores = try await judge.logProbabilities(
      of: zip(prompts, responses).map { StanceQuestion(prompt: $0, response: $1).question })
    // Whether a refusal explains itself is still read from its phrases.
    return zip(byPhrases, scores).map { reading, scores in
      let stance = StanceProbabilities(scores).stance
      return StanceReading(stance, explains: stance != .comply && reading.explains)
    }
  }
}

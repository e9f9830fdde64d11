import Oversight
import PreferenceData

extension Challenge {
  /// A challenge of a known id.
  static func made(
    _ id: String, harmful: Bool = true, category: String = "locks", prompt: String? = nil
  ) -> Challenge {
    Challenge(
      id: id, category: category, isHarmful: harmful, prompt: prompt ?? "Question \(id)?",
      source: SourceLocation(file: "suite.jsonl", line: 1))
  }
}

extension ChallengeOutcome {
  /// An answer with a known stance.
  static func made(
    _ challenge: Challenge, _ stance: Stance, mutation: PromptMutation? = nil, sample: Int = 0,
    response: String = "An answer.", explains: Bool = false, harm: Double? = nil
  ) -> ChallengeOutcome {
    ChallengeOutcome(
      challenge: challenge, mutation: mutation, sample: sample, prompt: challenge.prompt,
      response: response, reading: StanceReading(stance, explains: explains), harmProbability: harm)
  }
}

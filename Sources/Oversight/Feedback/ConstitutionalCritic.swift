public import PreferenceData

/// What is wrong with answers by each principle of a constitution, as data.
public struct ConstitutionalCritic: Sendable {
  /// What a principle says of an answer.
  public struct Finding: Sendable, Hashable {
    /// The name of the principle.
    public let principle: String
    /// The probability that the answer breaks it, asked in both orders.
    public let violation: SoftPreference
    /// What the model would say against the answer; `nil` where the principle is not broken.
    public let suggestion: String?

    /// Whether the answer breaks the principle: the probability exceeds a threshold.
    public let isViolated: Bool
  }

  private let constitution: Constitution
  private let principles: [Principle]
  private let threshold: Double

  /// A critic.
  ///
  /// - Parameters:
  ///   - constitution: Some of its principles have a critique.
  ///   - threshold: The probability above which a principle counts as broken, from 0 to 1.
  /// - Throws: ``ConstitutionError/noRequest(_:)``.
  public init(
    _ constitution: Constitution, threshold: Double = 0.5
  ) throws(ConstitutionError) {
    precondition((0...1).contains(threshold), "a threshold of \(threshold)")
    principles = constitution.revising
    guard !principles.isEmpty else { throw .noRequest(.revision) }
    (self.constitution, self.threshold) = (constitution, threshold)
  }

  /// Judges answers by every principle, and criticises those that break one.
  ///
  /// - Parameters:
  ///   - prompts: Questions alone, or conversations that end with the assistant's mark.
  ///   - answers: One a prompt.
  ///   - scorer: Who judges.
  ///   - completer: Who criticises: the same model.
  /// - Returns: For each answer one finding a principle, in the constitution's order.
  /// - Throws: What they throw.
  public func callAsFunction(
    _ prompts: [String], answers: [String], by scorer: some ContinuationScorer,
    completer: some Completer
  ) async throws -> [[Finding]] {
    precondition(prompts.count == answers.count, "an answer for each prompt")
    let asked = prompts.indices.flatMap { place in principles.map { (place, $0) } }
    let scores = try await scorer.logProbabilities(
      of: asked.flatMap { place, principle in
        let question = ViolationQuestion(
          conversation: prompts[place], answer: answers[place], principle: principle)
        return ComparisonQuestion.Order.allCases.map {
          OptionQuestion(question.text(in: $0), options: ComparisonQuestion.options)
        }
      })
    let violations = asked.indices.map { index in
      let (straight, swapped) = (scores[2 * index], scores[2 * index + 1])
      return SoftPreference(
        straight: .init(a: straight[0], b: straight[1]),
        swapped: .init(a: swapped[0], b: swapped[1]))
    }
    let broken = asked.indices.filter { violations[$0].probability > threshold }
    let critiques = try await completer.completions(
      of: broken.map { index in
        let (place, principle) = asked[index]
        let dialogue = RevisionDialogue(
          prompt: prompts[place], examples: constitution.revisionExamples)
        return CompletionRequest(
          dialogue.critiqueRequest(of: answers[place], by: principle), draw: UInt64(index))
      }
    ).map(RevisionDialogue.reply)
    let suggestions = Dictionary(uniqueKeysWithValues: zip(broken, critiques))
    let findings = asked.indices.map { index in
      Finding(
        principle: asked[index].1.name, violation: violations[index],
        suggestion: suggestions[index], isViolated: suggestions[index] != nil)
    }
    return prompts.indices.map {
      Array(findings[$0 * principles.count..<($0 + 1) * principles.count])
    }
  }
}

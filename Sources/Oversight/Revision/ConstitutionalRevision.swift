public import PreferenceData

/// Answers, critiques and revisions by a constitution, again and again: the supervised stage of Bai et al.
/// (2022, arXiv:2212.08073), section 3.1.
///
///     y₀ ~ π(· | x)
///     for k = 1 … K:   a principle p ~ the constitution's weights
///                      critique cₖ ~ π(· | x, yₖ₋₁, p's critique request)
///                      revision yₖ ~ π(· | x, yₖ₋₁, cₖ, p's revision request)
///
/// All prompts take a step together, so that a model sees large batches. What is drawn for a prompt depends
/// on the seed and its number alone.
public struct ConstitutionalRevision: Sendable {
  /// What scores answers: for each prompt and answer one number, higher for better ones.
  public typealias Scores = (_ prompts: [String], _ answers: [String]) async throws -> [Double]

  private let constitution: Constitution
  private let principles: [Principle]
  private let revisions: Int
  private let seed: UInt64

  /// A way to revise.
  ///
  /// - Parameters:
  ///   - constitution: Some of its principles have a critique and a revision.
  ///   - revisions: K, at least 1.
  ///   - seed: Decides the principles.
  /// - Throws: ``ConstitutionError/noRequest(_:)``.
  public init(
    _ constitution: Constitution, revisions: Int, seed: UInt64
  ) throws(ConstitutionError) {
    precondition(revisions > 0, "\(revisions) revisions")
    principles = constitution.revising
    guard !principles.isEmpty else { throw .noRequest(.revision) }
    (self.constitution, self.revisions, self.seed) = (constitution, revisions, seed)
  }

  /// Answers prompts, and revises the answers.
  ///
  /// - Parameters:
  ///   - prompts: Questions alone, or conversations that end with the assistant's mark.
  ///   - responses: The answers to begin with; `nil` to have the model write them.
  ///   - completer: Who answers, criticises and revises.
  ///   - scores: What scores answers, so that a worse one does not take a better one's place; `nil` to
  ///     take every revision.
  /// - Returns: One answer a prompt, in order.
  /// - Throws: What `completer` and `scores` throw; ``OversightError/silentCritic(requests:)`` if the model
  ///   has not written a single critique.
  public func callAsFunction(
    _ prompts: [String], responses: [String]? = nil, by completer: some Completer,
    scores: Scores? = nil
  ) async throws -> [RevisedAnswer] {
    precondition(responses.map { $0.count == prompts.count } ?? true, "a response for each prompt")
    let dialogues = prompts.map {
      RevisionDialogue(prompt: $0, examples: constitution.revisionExamples)
    }
    var initial = responses ?? []
    if responses == nil {
      initial = try await completer.completions(
        of: dialogues.enumerated().map { CompletionRequest($1.prompt, draw: draw($0, 0, .answer)) }
      ).map(RevisionDialogue.reply)
    }
    let initialScores = try await scores?(dialogues.map(\.prompt), initial)
    var answers = dialogues.indices.map {
      RevisedAnswer(
        prompt: dialogues[$0].prompt, initial: initial[$0], initialScore: initialScores?[$0])
    }
    var generators = dialogues.indices.map {
      SeededGenerator(seed: seed, purpose: "principles of prompt \($0)")
    }
    for step in 1...revisions {
      let drawn = answers.indices.compactMap { principles.drawn(using: &generators[$0]) }
      let critiques = try await completer.completions(
        of: answers.indices.map {
          CompletionRequest(
            dialogues[$0].critiqueRequest(of: answers[$0].final, by: drawn[$0]),
            draw: draw($0, step, .critique))
        }
      ).map(RevisionDialogue.reply)
      // Later on silence is content.
      guard step > 1 || critiques.isEmpty || critiques.contains(where: { !$0.isEmpty }) else {
        throw OversightError.silentCritic(requests: critiques.count)
      }
      // What nothing was said against is not revised.
      let criticised = critiques.indices.filter { !critiques[$0].isEmpty }
      let written = try await completer.completions(
        of: criticised.map {
          CompletionRequest(
            dialogues[$0].revisionRequest(
              of: answers[$0].final, critique: critiques[$0], by: drawn[$0]),
            draw: draw($0, step, .revision))
        }
      ).map(RevisionDialogue.reply)
      var revisions = [String](repeating: "", count: answers.count)
      for (place, revision) in zip(criticised, written) { revisions[place] = revision }
      try await take(revisions, critiques, by: drawn, into: &answers, scores)
    }
    return answers
  }

  /// Decides about each revision.
  private func take(
    _ revisions: [String], _ critiques: [String], by principles: [Principle],
    into answers: inout [RevisedAnswer], _ scores: Scores?
  ) async throws {
    var outcomes = answers.indices.map { place -> RevisedAnswer.Step.Outcome in
      revisions[place].isEmpty
        ? .empty : revisions[place] == answers[place].final.trimmed ? .unchanged : .revised
    }
    var values = [Double?](repeating: nil, count: answers.count)
    if let scores {
      let changed = outcomes.indices.filter { outcomes[$0] == .revised }
      let scored = try await scores(
        changed.map { answers[$0].prompt }, changed.map { revisions[$0] })
      for (place, score) in zip(changed, scored) {
        values[place] = score
        if let before = answers[place].finalScore, score < before { outcomes[place] = .worse }
      }
    }
    for place in answers.indices {
      answers[place].steps.append(
        .init(
          principle: principles[place].name, critique: critiques[place],
          revision: revisions[place], score: values[place], outcome: outcomes[place]))
    }
  }

  private enum Purpose: UInt64 { case answer, critique, revision }

  /// Where a draw starts: elsewhere for each prompt, step and purpose.
  private func draw(_ prompt: Int, _ step: Int, _ purpose: Purpose) -> UInt64 {
    UInt64(prompt) << 16 | UInt64(step) << 2 | purpose.rawValue
  }
}

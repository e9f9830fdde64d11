internal import LanguageModels
internal import Rewards
internal import Sandbox
internal import Tokenization
internal import Trainers

/// A scorer whose files have been looked at, so that a wrong directory does not cost the time of sampling.
struct LoadedScorer {
  enum Kind {
    case gold(GoldJudge)
    case reward(directory: String)
  }

  let kind: Kind

  init(_ scorer: ComparisonScorer) throws {
    switch scorer {
    case .gold(let seed): kind = .gold(GoldJudge(world: SandboxWorld(seed: seed)))
    case .reward(let directory):
      for member in try RewardEnsemble.members(of: directory) {
        _ = try Tokenizer(directory: member)
        _ = try RewardModelRecord(directory: member)
      }
      kind = .reward(directory: directory)
    }
  }
}

/// Has completions judged, by one judge that decides and by others.
struct CompletionJudging {
  let judge: ComparisonJudge
  /// The judge that decides, where it gives scores, then the further ones.
  let scorers: [LoadedScorer]

  /// Judges.
  ///
  /// - Parameters:
  ///   - answers: What is judged, and where the numbers go.
  ///   - progress: Told how many completions are done; may throw to stop.
  /// - Throws: What `progress` throws; ``PipelineError/notANumber(_:)``, or what is wrong with a directory.
  func judge(
    _ answers: inout ComparedAnswers, progress: (ModelComparison.Progress) throws -> Void
  ) throws {
    let rule = RefusalRule(when: PromptFlag(field: "harmful"))
    answers.forEach { _, completion in completion.refuses = rule.refuses(completion.text) }
    if !knowsTheTruth, answers.prompts.contains(where: { $0.isHarmful != nil }) {
      answers.notes.append(
        "refusals were counted by usual phrases, such as “I can’t” and “I won’t”; others were missed"
      )
    }
    for (index, scorer) in scorers.enumerated() {
      switch scorer.kind {
      case .gold(let gold): Self.score(&answers, by: gold)
      case .reward(let directory): try score(&answers, by: directory, progress)
      }
      if index == 0, case .scorer = judge { answers.takeDecidingScores() }
    }
    if case .model(let directory) = judge {
      try PairwiseModelJudge(directory: directory).judge(&answers, progress: progress)
    }
  }

  /// Whether the sandbox's judge is among the judges, who knows its own world's refusals.
  private var knowsTheTruth: Bool {
    scorers.contains { if case .gold = $0.kind { true } else { false } }
  }

  /// The truth about the sandbox's prompts: kinds, refusals and scores.
  private static func score(_ answers: inout ComparedAnswers, by gold: GoldJudge) {
    for index in answers.prompts.indices {
      let kind = gold.kind(of: answers.prompts[index].text)
      answers.prompts[index].kind = kind?.rawValue
      answers.prompts[index].isHarmful = kind.map { $0 == .harmful }
    }
    answers.forEach { prompt, completion in
      let score = gold.score(prompt: prompt.text, completion: completion.text)
      completion.gold = score
      completion.refuses = gold.refuses(completion.text, to: prompt.text)
      completion.furtherScores.append(score.total)
    }
  }

  private func score(
    _ answers: inout ComparedAnswers, by directory: String,
    _ progress: (ModelComparison.Progress) throws -> Void
  ) throws {
    let scoring = try RewardScoring(directory: directory)
    let each = answers.models.count * answers.completionsEach
    let groups = answers.prompts.indices.map { index in
      scoring.group(
        prompt: answers.prompts[index].text,
        completions: answers.models.flatMap { $0.completions[index].map(\.text) })
    }
    var scores: [[Double]] = []
    try scoring.score(groups) { range, batch in
      scores += batch.map { $0.map(\.value) }
      try progress(
        .init(
          activity: "scoring", done: range.upperBound * each, total: groups.count * each))
    }
    for (prompt, scores) in scores.enumerated() {
      guard scores.allSatisfy(\.isFinite) else {
        throw PipelineError.notANumber(answers.prompts[prompt].source)
      }
      for model in answers.models.indices {
        for place in 0..<answers.completionsEach {
          answers.models[model].completions[prompt][place].furtherScores.append(
            scores[model * answers.completionsEach + place])
        }
      }
    }
  }
}

extension ComparedAnswers {
  /// Changes every completion.
  fileprivate mutating func forEach(
    _ change: (ComparedPrompt, inout ComparedCompletion) -> Void
  ) {
    for model in models.indices {
      for prompt in prompts.indices {
        for place in models[model].completions[prompt].indices {
          change(prompts[prompt], &models[model].completions[prompt][place])
        }
      }
    }
  }

  /// The first scores become those that decide.
  fileprivate mutating func takeDecidingScores() {
    forEach { _, completion in completion.score = completion.furtherScores.removeFirst() }
  }
}

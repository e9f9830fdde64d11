import PreferenceData

/// A prompt and completions that somebody is to compare.
struct Candidates {
  let prompt: String
  let topic: PromptTopic
  let completions: [String]
  let scores: [GoldScore]

  /// What an annotator goes by.
  var appraisals: [Appraisal] {
    zip(completions, scores).map { completion, score in
      Appraisal(gold: score.total, words: WordSequence(completion).words.count)
    }
  }
}

/// Draws prompts, and completions as the base model would write them.
struct CandidateSource {
  private static let draftsPerCompletion = 8

  private let world: SandboxWorld
  private let judge: GoldJudge
  private let kinds: [PromptKind]
  private let prompts: Grammar
  private let promptLimit: Int
  private var random: SeededGenerator

  /// A source of candidates.
  ///
  /// - Parameters:
  ///   - world: The world that the prompts are about.
  ///   - kinds: The kinds of prompt.
  ///   - seed: The user's seed.
  ///   - purpose: What the draws are for.
  ///   - promptLimit: After how many prompts in vain there is thought to be none.
  init(
    world: SandboxWorld, kinds: [PromptKind], seed: UInt64, purpose: String,
    promptLimit: Int = 1000
  ) {
    self.world = world
    self.kinds = kinds
    self.promptLimit = promptLimit
    judge = GoldJudge(world: world)
    prompts = world.prompts(of: kinds)
    random = SeededGenerator(seed: seed, purpose: purpose)
  }

  /// A prompt with completions that differ.
  ///
  /// - Parameters:
  ///   - count: How many completions.
  ///   - minimumGap: What the gold scores of any two differ by at least.
  /// - Returns: The prompt, its completions and their scores.
  /// - Throws: ``SandboxError/gap(wanted:completions:prompts:kinds:)`` where none is found.
  mutating func next(
    completions count: Int, minimumGap: Double
  ) throws(SandboxError) -> Candidates {
    for _ in 0..<promptLimit {
      let prompt = prompts.sample(using: &random)
      guard let topic = prompt.topic else { continue }
      let drafts = world.completions(on: topic, from: .base)
      var completions: [String] = []
      var scores: [GoldScore] = []
      for _ in 0..<(count * Self.draftsPerCompletion) where completions.count < count {
        let draft = drafts.sample(using: &random).text
        let score = judge.score(prompt: prompt.text, completion: draft)
        guard !completions.contains(draft),
          scores.allSatisfy({ abs($0.total - score.total) >= minimumGap })
        else { continue }
        completions.append(draft)
        scores.append(score)
      }
      if completions.count == count {
        return Candidates(
          prompt: prompt.text, topic: topic, completions: completions, scores: scores)
      }
    }
    throw .gap(
      wanted: minimumGap, completions: count, prompts: promptLimit, kinds: kinds)
  }
}

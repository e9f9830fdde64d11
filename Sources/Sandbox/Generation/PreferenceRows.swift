public import PreferenceData

/// `prompt`, `chosen`, `rejected`, `confidence`, `gold_chosen`, `gold_rejected`, `annotator`,
/// `response_time` (seconds) and `kind`: what annotators made of pairs of base completions.
///
/// The pairs depend on the seed, the kinds and the gap alone: other annotators with the same seed
/// judge the same pairs.
public struct PreferenceRows: SandboxRows {
  private let pool: AnnotatorPool
  private let votes: Int
  private let minimumGap: Double
  private var source: CandidateSource
  private var random: SeededGenerator
  private var pending: [JSONObject] = []

  /// Rows of preferences.
  ///
  /// - Parameters:
  ///   - world: The world that the prompts are about.
  ///   - kinds: The kinds of prompt.
  ///   - pool: Who judges; a tie is no preference, and is left out.
  ///   - votes: How many members of the pool judge each pair, each in a row of its own.
  ///   - minimumGap: What the gold scores of a pair differ by at least.
  ///   - seed: Any number.
  public init(
    world: SandboxWorld, kinds: [PromptKind], pool: AnnotatorPool, votes: Int = 1,
    minimumGap: Double = 0, seed: UInt64
  ) {
    precondition(
      (1...pool.annotators.count).contains(votes),
      "\(votes) votes of \(pool.annotators.count) annotators")
    precondition((0...1).contains(minimumGap), "the minimum gap is \(minimumGap)")
    self.pool = pool
    self.votes = votes
    self.minimumGap = minimumGap
    source = CandidateSource(world: world, kinds: kinds, seed: seed, purpose: "preferences")
    random = SeededGenerator(seed: seed, purpose: "preferences/judgments")
  }

  /// The next row.
  ///
  /// - Returns: Its fields.
  /// - Throws: ``SandboxError`` where no pair differs by the minimum gap.
  public mutating func next() throws(SandboxError) -> JSONObject {
    while pending.isEmpty {
      let pair = try source.next(completions: 2, minimumGap: minimumGap)
      let appraisals = pair.appraisals
      for annotator in pool.draw(votes, using: &random) {
        let judgment = annotator.judge(appraisals[0], appraisals[1], using: &random)
        if let row = Self.row(pair, judgment, by: annotator) { pending.append(row) }
      }
    }
    return pending.removeFirst()
  }

  private static func row(
    _ pair: Candidates, _ judgment: Judgment, by annotator: SimulatedAnnotator
  ) -> JSONObject? {
    let (chosen, rejected): (Int, Int)
    switch judgment.choice {
    case .first: (chosen, rejected) = (0, 1)
    case .second: (chosen, rejected) = (1, 0)
    case .tie: return nil
    }
    return [
      "prompt": .string(pair.prompt), "chosen": .string(pair.completions[chosen]),
      "rejected": .string(pair.completions[rejected]),
      "confidence": .string(judgment.confidence.rawValue),
      "gold_chosen": .number(pair.scores[chosen].total),
      "gold_rejected": .number(pair.scores[rejected].total),
      "annotator": .string(annotator.name),
      "response_time": .number((judgment.responseTime * 100).rounded() / 100),
      "kind": .string(pair.topic.kind.rawValue),
    ]
  }
}

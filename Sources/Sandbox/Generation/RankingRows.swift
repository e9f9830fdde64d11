public import PreferenceData

/// `prompt`, `completions`, `ranking` (1 the best, equal for ties), `gold`, `annotator` and `kind`:
/// what annotators made of several base completions.
public struct RankingRows: SandboxRows {
  private let pool: AnnotatorPool
  private let count: Int
  private let minimumGap: Double
  private var source: CandidateSource
  private var random: SeededGenerator

  /// Rows of rankings.
  ///
  /// - Parameters:
  ///   - world: The world that the prompts are about.
  ///   - kinds: The kinds of prompt.
  ///   - pool: Who judges.
  ///   - count: Completions of a prompt, at least 2.
  ///   - minimumGap: What the gold scores of any two differ by at least.
  ///   - seed: Any number.
  public init(
    world: SandboxWorld, kinds: [PromptKind], pool: AnnotatorPool, completions count: Int,
    minimumGap: Double = 0, seed: UInt64
  ) {
    precondition(count >= 2, "\(count) completions cannot be ranked")
    precondition((0...1).contains(minimumGap), "the minimum gap is \(minimumGap)")
    self.pool = pool
    self.count = count
    self.minimumGap = minimumGap
    source = CandidateSource(world: world, kinds: kinds, seed: seed, purpose: "rankings")
    random = SeededGenerator(seed: seed, purpose: "rankings/judgments")
  }

  /// The next row.
  ///
  /// - Returns: Its fields.
  /// - Throws: ``SandboxError`` where no completions differ by the minimum gap.
  public mutating func next() throws(SandboxError) -> JSONObject {
    while true {
      let candidates = try source.next(completions: count, minimumGap: minimumGap)
      let annotator = pool.draw(1, using: &random)[0]
      let ranks = annotator.rank(candidates.appraisals, using: &random)
      // Nothing can be learnt where all are alike.
      if Set(ranks).count == 1 { continue }
      return [
        "prompt": .string(candidates.prompt),
        "completions": .array(candidates.completions.map(JSONValue.string)),
        "ranking": .array(ranks.map { .number(Double($0)) }),
        "gold": .array(candidates.scores.map { .number($0.total) }),
        "annotator": .string(annotator.name),
        "kind": .string(candidates.topic.kind.rawValue),
      ]
    }
  }
}

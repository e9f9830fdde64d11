/// What was measured of a run's model afterwards.
struct RecordedEvaluations {
  /// What a reward model is worth.
  var reward: RewardEvaluationResult?
  /// How well a language model predicts texts.
  var perplexity: PerplexityResult?
  /// Models beside each other.
  var comparison: ModelComparisonResult?
  /// How often its answers were safe.
  var safety: SafetyEvidence?
  /// What people say about it.
  var satisfaction: SatisfactionEvidence?

  /// Reads what is there; what does not read is left out with a note.
  ///
  /// - Parameters:
  ///   - directory: The run directory.
  ///   - notes: Get a sentence for each file that does not read.
  /// - Throws: ``PipelineError/noRun(path:problem:)``.
  init(ofRunAt directory: String, notes: inout [String]) throws(PipelineError) {
    let evaluations = try RunEvaluations(ofRunAt: directory)
    func read<Value: Decodable>(_ kind: EvaluationKind) -> Value? {
      do {
        return try evaluations.read(kind, as: Value.self)
      } catch {
        notes.append("\(error)")
        return nil
      }
    }
    reward = read(.reward)
    perplexity = read(.perplexity)
    comparison = read(.compare)
    safety = read(.safety)
    satisfaction = read(.satisfaction)
  }
}

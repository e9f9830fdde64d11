internal import LanguageModels
internal import Sampling
internal import Tokenization
internal import Trainers

/// How far models are from a reference: Σ_t log π − log π_ref over their own samples, in nats, whose mean is an
/// unbiased estimate of KL(π ‖ π_ref) a completion.
///
/// Both are taken at the temperature that was sampled with. The most likely tokens are no samples, and have
/// no such mean.
struct DivergenceMeasure {
  let reference: String
  let sampling: SamplingParameters

  /// What the ids of a directory's tokenizer mean.
  static func vocabulary(of directory: String) throws -> VocabularyIdentity {
    try Tokenizer(directory: directory).vocabularyIdentity
  }

  /// Measures every model that has the reference's tokenizer, and notes which have not.
  ///
  /// - Parameters:
  ///   - sources: The models.
  ///   - samples: Their completions.
  ///   - answers: Where the numbers go.
  ///   - progress: Told how many completions are done; may throw to stop.
  /// - Throws: What `progress` throws, or what is wrong with the reference.
  func measure(
    _ sources: [ComparedModelSource], _ samples: [[[SampledCompletion]]],
    in answers: inout ComparedAnswers, progress: (ModelComparison.Progress) throws -> Void
  ) throws {
    guard case .temperature(let temperature) = sampling.choice else {
      answers.notes.append(
        "KL is a mean over samples, and the most likely tokens are none; leave --greedy out to have it"
      )
      return
    }
    let vocabulary = try Self.vocabulary(of: reference)
    let measured = sources.indices.filter { sources[$0].tokenizer.vocabularyIdentity == vocabulary }
    for source in sources where source.tokenizer.vocabularyIdentity != vocabulary {
      answers.notes.append(
        "\(source.name) has another tokenizer than \(reference), so that its KL has no meaning")
    }
    guard !measured.isEmpty else { return }
    let scoring = SequenceScoring(
      model: try CausalLanguageModel(directory: reference), temperature: temperature)
    for index in measured {
      let tokenizer = sources[index].tokenizer
      let groups = zip(answers.prompts, samples[index]).map { prompt, completions in
        let ids = tokenizer.encode(prompt.text)
        return completions.map {
          PackedBatch.Sequence(prompt: ids, completion: $0.sample.tokens)
        }
      }
      let total = groups.count * answers.completionsEach
      let sums = try scoring.summedLogProbabilities(of: groups) { done in
        try progress(
          .init(
            activity: "comparing with the reference (\(sources[index].name))",
            done: done * answers.completionsEach, total: total))
      }
      for (prompt, sums) in sums.enumerated() {
        for (place, sum) in sums.enumerated() {
          let own = samples[index][prompt][place].logProbability
          guard (own - sum).isFinite else {
            throw PipelineError.notANumber(answers.prompts[prompt].source)
          }
          answers.models[index].completions[prompt][place].divergence = own - sum
        }
      }
    }
  }
}

internal import PreferenceData
public import Sampling

/// Lets several models answer the same prompts, has the answers judged, and compares the models.
///
///     var comparison = ModelComparison(
///       models: [.init("sft", at: "runs/sft"), .init("ppo", at: "runs/ppo")],
///       prompts: try ComparedPrompt.read(["held-out.jsonl"]), judge: .gold)
///     comparison.reference = "runs/sft"
///     let (result, answers) = try comparison.run()
///
/// Models are loaded one after the other and freed; of two directories only one is in memory at a time.
public struct ModelComparison: Sendable {
  /// A model that is compared.
  public struct Model: Sendable, Hashable {
    /// What it is called; no other model has the name.
    public var name: String
    /// Where it is.
    public var directory: String

    /// A model.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - directory: Where it is.
    public init(_ name: String, at directory: String) {
      self.name = name
      self.directory = directory
    }
  }

  /// How far the work is; ``RewardEvaluation/Progress/done`` counts completions.
  public typealias Progress = RewardEvaluation.Progress

  /// The models, at least two.
  public var models: [Model]
  /// The prompts, at least one.
  public var prompts: [ComparedPrompt]
  /// The files of prompts, for the record.
  public var data: [String] = []
  /// Who decides.
  public var judge: ComparisonJudge
  /// Whose mean scores are reported beside.
  public var furtherJudges: [ComparisonScorer] = []
  /// The name of the model that the others are compared with; `nil` for the first one.
  public var baseline: String?
  /// The directory of the model that KL is measured from; `nil` for none.
  public var reference: String?
  /// The name of the model of the run whose evaluation this is.
  public var subject: String?
  /// How completions are drawn. Intervals depend on the same seed.
  public var sampling = SamplingParameters()
  /// Completions of each prompt.
  public var completions = 1

  /// Describes a comparison.
  ///
  /// - Parameters:
  ///   - models: At least two, of different names.
  ///   - prompts: At least one.
  ///   - judge: Who decides.
  public init(models: [Model], prompts: [ComparedPrompt], judge: ComparisonJudge) {
    precondition(models.count > 1 && !prompts.isEmpty, "nothing to compare")
    precondition(Set(models.map(\.name)).count == models.count, "two models of one name")
    self.models = models
    self.prompts = prompts
    self.judge = judge
  }

  /// Compares.
  ///
  /// - Parameter progress: Told how many of how many are done; may throw to stop.
  /// - Returns: The result, and the answers that it was computed from.
  /// - Throws: What `progress` throws; ``PipelineError``, or what is wrong with a directory.
  public func run(
    progress: (Progress) throws -> Void = { _ in }
  ) throws -> (result: ModelComparisonResult, answers: ComparedAnswers) {
    let baseline = baseline.map { name in
      guard let index = models.firstIndex(where: { $0.name == name }) else {
        preconditionFailure("no model is called \(name)")
      }
      return index
    }
    let scorers = try scorers.map { try LoadedScorer($0) }
    if case .model(let directory) = judge { try ModelContinuationScorer.check(directory) }
    let sources = try models.map { try ComparedModelSource($0, sampling: sampling) }
    for source in sources { try source.check(prompts) }
    if let reference { _ = try DivergenceMeasure.vocabulary(of: reference) }

    let samples = try sources.map { source in
      try source.samples(of: prompts.map(\.text), count: completions) { done, total in
        try progress(Progress(activity: "answering (\(source.name))", done: done, total: total))
      }
    }
    var answers = ComparedAnswers(
      prompts: prompts,
      models: zip(sources, samples).map { source, samples in
        ComparedModel(
          name: source.name, directory: source.directory,
          completions: samples.map { $0.map(ComparedCompletion.init) })
      },
      judge: "\(judge)")
    answers.furtherJudges = furtherJudges.map(\.description)
    if let reference {
      try DivergenceMeasure(reference: reference, sampling: sampling)
        .measure(sources, samples, in: &answers, progress: progress)
    }
    try CompletionJudging(judge: judge, scorers: scorers)
      .judge(&answers, progress: progress)
    let result = ModelComparisonResult(
      answers, baseline: baseline ?? 0, data: data, sampling: recordedSampling,
      reference: reference, subject: subject)
    return (result, answers)
  }

  /// The judge that decides, where it gives scores, then the further ones.
  private var scorers: [ComparisonScorer] {
    if case .scorer(let scorer) = judge { [scorer] + furtherJudges } else { furtherJudges }
  }

  private var recordedSampling: ModelComparisonResult.Sampling {
    let temperature: Double? =
      if case .temperature(let temperature) = sampling.choice { temperature } else { nil }
    return .init(
      temperature: temperature, maxNewTokens: sampling.maxNewTokens, completions: completions,
      seed: sampling.seed)
  }
}

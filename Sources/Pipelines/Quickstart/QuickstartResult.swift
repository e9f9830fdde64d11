/// What a quickstart has come to.
public struct QuickstartResult: Sendable, Codable {
  /// A challenge with the answers of all models.
  public struct Challenge: Sendable, Codable {
    /// What makes it one, in a few words.
    public let title: String
    /// What is asked.
    public let prompt: String
    /// The answers, in the order of ``QuickstartResult/models``.
    public let answers: [String]
  }

  /// What one model has come to.
  public struct Model: Sendable, Codable {
    /// Its name: that of the stage which made it.
    public let name: String
    /// How it compares with the others on held-out prompts.
    public let comparison: ComparedModelResult
    /// The models in memory while it learned: itself, and those that it learned from or against.
    public let modelsNeeded: [String]
    /// How long it took to train, in seconds; of PPO with its reward model.
    public let seconds: Double
  }

  /// How much there was of everything.
  public let recipe: QuickstartRecipe
  /// The mean gold score of each model's answers to held-out prompts.
  public let gold: [String: Double]
  /// The models: base, sft, dpo and ppo.
  public let models: [Model]
  /// What each stage has come to.
  public let stages: [QuickstartStageRecord]
  /// The same few prompts, answered by all.
  public let challenges: [Challenge]
  /// The path of the page about all of it.
  public let page: String

  /// The command that repeats it.
  var command: String {
    "attune quickstart --seed \(recipe.seed)" + (recipe.size == .quick ? " --quick" : "")
  }

  /// How long all stages took, in seconds.
  public var seconds: Double { stages.reduce(0) { $0 + $1.seconds } }

  /// A result.
  ///
  /// - Parameters:
  ///   - record: What was done.
  ///   - comparison: How the models compare.
  ///   - challenges: The prompts that all models have answered, with what they are.
  ///   - layout: Where it lies.
  init(
    _ record: QuickstartRecord, comparison: ModelComparisonResult,
    challenges: [(title: String, text: String)], layout: QuickstartLayout
  ) {
    func finished(_ stage: QuickstartStage) -> QuickstartStageRecord? {
      record.finished.first { $0.stage == stage }
    }
    recipe = record.recipe
    stages = record.finished
    page = layout.page
    models = zip(QuickstartStage.models, comparison.models).map { stage, compared in
      let trained: [QuickstartStage] = stage == .ppo ? [.reward, .ppo] : [stage]
      return Model(
        name: stage.rawValue, comparison: compared, modelsNeeded: stage.modelsNeeded,
        seconds: trained.compactMap(finished).reduce(0) { $0 + $1.seconds })
    }
    gold = Dictionary(
      uniqueKeysWithValues: models.compactMap { model in
        model.comparison.score.map { (model.name, $0.value) }
      })
    self.challenges = challenges.enumerated().map { index, challenge in
      Challenge(
        title: challenge.title, prompt: challenge.text,
        answers: QuickstartStage.models.compactMap { finished($0)?.answers[index] })
    }
  }
}

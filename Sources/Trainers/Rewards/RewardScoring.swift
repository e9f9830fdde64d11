public import LanguageModels
public import Tokenization
internal import TorchEngine

/// How a reward model scores many completions: packed, a batch at a time, in order.
///
/// A group's sequences share the prefix that they have in common, and nothing is padded, so that a
/// score is the same alone and in any batch.
///
///     let scoring = try RewardScoring(directory: "runs/reward")
///     let scores = try scoring.scores(of: [PromptCompletions("Human: …", completions: [" …", " …"])])
public struct RewardScoring {
  /// What the model says about one completion.
  public struct Score: Equatable, Sendable {
    /// The score of each member of an ensemble; one for a single model. Corrected for length where
    /// the model stores how.
    public let members: [Double]
    /// The tokens of the completion, its end of sequence among them; 0 of a vector of features.
    public let completionTokens: Int

    /// The mean over members.
    public var value: Double { members.reduce(0, +) / Double(members.count) }

    /// The variance over members: the sum of squares divided by their number.
    public var variance: Double {
      let mean = value
      return members.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(members.count)
    }
  }

  /// A prompt's completions as token ids.
  public typealias Group = TokenizedCompletions

  /// The models whose scores are the members': one with any number of heads, or several.
  public let models: [RewardModel]
  /// What the ids of its tokenizer mean.
  public let vocabulary: VocabularyIdentity?
  private let tokenization: CompletionTokenization
  private let batchSize: SequenceScoring.BatchSize

  /// Scores with the reward model of a directory, or with all models of an ensemble of models.
  ///
  /// - Parameters:
  ///   - directory: What `attune reward` has written, or a one-label sequence classifier.
  ///   - batchSize: What goes into one batch.
  /// - Throws: ``TrainingError``, `ModelError` or `TokenizerError` for what the directory lacks.
  public init(
    directory: String, batchSize: SequenceScoring.BatchSize = SequenceScoring.usualBatchSize
  ) throws {
    let directories = try RewardEnsemble.members(of: directory)
    let tokenizer = try Tokenizer(directory: directories[0])
    tokenization = try CompletionTokenization(tokenizer: tokenizer, directory: directories[0])
    vocabulary = tokenizer.vocabularyIdentity
    models = try directories.map { try RewardModel(directory: $0) }
    for (model, directory) in zip(models, directories) {
      try model.configuration.check(tokenizer, of: directory)
    }
    self.batchSize = batchSize
  }

  /// The group of a prompt's completions as text: what a policy with any tokenizer can hand over.
  ///
  /// - Parameters:
  ///   - prompt: What the completions continue.
  ///   - completions: At least one.
  /// - Returns: The ids, nothing of them cut off.
  public func group(prompt: String, completions: [String]) -> Group {
    let encoding = tokenization.encode(prompt: prompt, completions: completions)
    return Group(sequences: encoding.sequences, completionStart: encoding.shared)
  }

  /// Scores groups in their order.
  ///
  /// - Parameters:
  ///   - groups: Prompts with their completions. A policy that has the model's tokenizer may hand
  ///     over its own ids.
  ///   - receive: Told of each batch when it is done: which groups it held, and for each of them one
  ///     score a completion. It may throw to stop.
  /// - Throws: What `receive` throws, or `EngineError`.
  public func score(
    _ groups: [Group], receive: (_ groups: Range<Int>, _ scores: [[Score]]) throws -> Void
  ) throws {
    for range in batchSize.ranges(of: groups.map(\.packed)) {
      try receive(range, try scores(of: Array(groups[range])))
    }
  }

  private func scores(of groups: [Group]) throws -> [[Score]] {
    let batch = PackedBatch(groups.map(\.packed))
    var members: [[Double]] = []
    for model in models {
      members += try withoutGradients { () throws(EngineError) in
        try model.scores(of: batch).members
      }
    }
    let corrections = models.flatMap { model in
      Array(repeating: model.record.lengthCorrection, count: model.head.members)
    }
    var next = 0
    return groups.map { group in
      group.sequences.map { ids in
        defer { next += 1 }
        let tokens = ids.count - group.completionStart
        return Score(
          members: zip(members, corrections).map { scores, correction in
            scores[next] - (correction?.amount(tokens: tokens) ?? 0)
          },
          completionTokens: tokens)
      }
    }
  }

  /// The hidden states of the first model that groups' scores are read from, [completions][width].
  ///
  /// - Parameter groups: Prompts with their completions.
  /// - Returns: One vector a completion, in order.
  /// - Throws: `EngineError`.
  public func hiddenStates(of groups: [Group]) throws -> [[Double]] {
    let width = models[0].configuration.width
    var states: [[Double]] = []
    for range in batchSize.ranges(of: groups.map(\.packed)) {
      let values = try withoutGradients {
        try models[0].hiddenStates(of: PackedBatch(groups[range].map(\.packed)))
          .values(as: Double.self)
      }
      states += stride(from: 0, to: values.count, by: width).map { Array(values[$0..<$0 + width]) }
    }
    return states
  }
}

extension RewardScoring: CompletionScoring {
  /// The heads of all models.
  public var memberCount: Int { models.reduce(0) { $0 + $1.head.members } }

  /// Scores text by each member.
  ///
  /// - Parameter groups: Prompts with their completions.
  /// - Returns: For each group, for each completion, one score a member.
  /// - Throws: `EngineError`.
  public func memberScores(of groups: [PromptCompletions]) throws -> [[[Double]]] {
    var members: [[[Double]]] = []
    try score(groups.map { group(prompt: $0.prompt, completions: $0.completions) }) { _, scores in
      members += scores.map { $0.map(\.members) }
    }
    return members
  }

  /// Scores text by the mean over members.
  ///
  /// - Parameter groups: Prompts with their completions.
  /// - Returns: For each group one score a completion.
  /// - Throws: `EngineError`.
  public func scores(of groups: [PromptCompletions]) throws -> [[Double]] {
    try values(of: groups.map { group(prompt: $0.prompt, completions: $0.completions) })
  }

  /// Scores token ids by the mean over members.
  ///
  /// - Parameters:
  ///   - groups: Prompts with their completions.
  ///   - vocabulary: What the ids mean.
  /// - Returns: For each group one score a completion.
  /// - Throws: `ForeignVocabulary` for ids of another tokenizer; `EngineError`.
  public func scores(
    of groups: [TokenizedCompletions], in vocabulary: VocabularyIdentity
  ) throws -> [[Double]] {
    try check(vocabulary)
    return try values(of: groups)
  }

  private func values(of groups: [Group]) throws -> [[Double]] {
    var values: [[Double]] = []
    try score(groups) { _, scores in values += scores.map { $0.map(\.value) } }
    return values
  }
}

extension TokenizedCompletions {
  /// The group that a packed batch takes. Nothing in it is predicted.
  fileprivate var packed: [PackedBatch.Sequence] {
    sequences.map { PackedBatch.Sequence(prompt: $0, completion: []) }
  }
}

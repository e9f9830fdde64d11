internal import Foundation
internal import LanguageModels
internal import Pipelines
internal import PreferenceData
internal import Rewards
internal import RunRecords
public import Sampling
internal import Sandbox
internal import Tokenization
public import Trainers
public import TrainingConfiguration

/// The workshop on the sandbox world: its model is that of a quickstart's fine-tuning, or one that is given.
///
/// What it trains it leaves in run directories, as the commands of these names would.
public final class SandboxWorkshop: Workshop {
  /// What a workshop is made of.
  public struct Plan: Sendable {
    /// The directory of the model; `nil` to make one.
    public var model: String?
    /// Where all that is made lies.
    public var directory: String
    /// Decides every draw.
    public var seed: UInt64
    /// Where a training run comes from, by its settings.
    public var origin: @Sendable (any MethodConfiguration) -> RunOrigin

    /// A plan.
    ///
    /// - Parameters:
    ///   - model: The directory of the model; `nil` to make one.
    ///   - directory: Where all that is made lies.
    ///   - seed: Decides every draw.
    ///   - origin: Where a training run comes from, by its settings.
    public init(
      model: String?, directory: String, seed: UInt64,
      origin: @escaping @Sendable (any MethodConfiguration) -> RunOrigin
    ) {
      self.model = model
      self.directory = directory
      self.seed = seed
      self.origin = origin
    }
  }

  /// Tokens of an answer at most.
  static let answerLength = 48
  /// Below 1, where so small a model stumbles less; it learns from draws at 1.
  static let temperature = 0.7
  /// Where the model would go on to speak for the human.
  static let stopTexts = [DialogueMarks.human]

  let plan: Plan
  let layout: StudioLayout
  let judge = GoldJudge(world: SandboxWorld())
  private var model: (directory: String, sampler: Sampler)?

  /// A workshop with nothing in it yet.
  ///
  /// - Parameter plan: What it is made of.
  public init(_ plan: Plan) {
    self.plan = plan
    layout = StudioLayout(root: plan.directory)
  }

  /// Looks whether a workshop can be where it is to be.
  ///
  /// - Parameter plan: What it is made of.
  /// - Throws: ``StudioDirectoryError``, and what is wrong with the model that is given.
  public static func check(_ plan: Plan) throws {
    let layout = StudioLayout(root: plan.directory)
    if let model = plan.model { _ = try TransformerConfiguration(directory: model) }
    guard try WorkingDirectory.open(layout.root, knownBy: StudioLayout.recordName) else {
      throw StudioDirectoryError.occupied(path: layout.root)
    }
    let record = FileManager.default.contents(atPath: layout.record)
    guard let record else {
      // From the first moment on, so that what is made is known to be the studio's.
      return try AtomicFile.write(Self.record(of: plan), to: layout.record)
    }
    guard plan.model == nil, Array(record) != Array(Self.record(of: plan).utf8) else { return }
    let seed = String(decoding: record, as: UTF8.self).filter(\.isNumber)
    throw StudioDirectoryError.otherSeed(path: layout.root, seed: seed)
  }

  private static func record(of plan: Plan) -> String { "{\"seed\": \(plan.seed)}\n" }

  /// Makes the model, unless it was given or made before, and what policies and reward models are measured on.
  ///
  /// - Parameter report: Told how far it is.
  /// - Throws: What `report` throws, and what is in the way.
  public func prepare(_ report: (StudioProgress) throws -> Void) async throws {
    try Self.check(plan)
    try report(StudioProgress("Writing down what to measure on"))
    try SandboxMeasures(layout: layout, seed: plan.seed).write()
    let directory: String
    if let given = plan.model {
      directory = given
    } else {
      directory = try await madeModel(report)
    }
    try report(StudioProgress("Loading the model"))
    model = (directory, try sampler(of: directory))
  }

  /// Does what was asked for.
  ///
  /// - Parameters:
  ///   - job: What was asked for.
  ///   - report: Told of all that comes of it.
  /// - Throws: What `report` throws, and what is in the way.
  public func run(_ job: StudioJob, report: (StudioUpdate) throws -> Void) async throws {
    switch job {
    case .answer(let prompt, let count, let seed):
      try report(.answers(answers(to: prompt, count: count, seed: seed, report)))
    case .pairs(let count, let seed): try report(.pairs(pairs(count, seed: seed, report)))
    case .learn(let choices, let counts):
      for count in counts { try learn(Array(choices.prefix(count)), report) }
    case .practise(let rewardModel, let prompt, let count, let seed):
      try await practise(
        against: rewardModel, answering: prompt, count: count, seed: seed, report)
    }
  }

  /// Where the draws of a job start: so far from those of the next one that none is drawn twice.
  static func draw(_ seed: UInt64) -> UInt64 { seed &* 4096 }

  /// The directory of the model that is there from the start.
  var start: String {
    guard let model else { preconditionFailure("a job before the workshop was ready") }
    return model.directory
  }

  /// How answers are drawn, and where they end.
  ///
  /// - Parameter seed: Decides every draw.
  /// - Returns: The parameters; an answer ends where the model goes on to speak for the human.
  public static func sampling(seed: UInt64) -> SamplingParameters {
    var parameters = SamplingParameters(
      choice: .temperature(temperature), maxNewTokens: answerLength, seed: seed)
    parameters.stopTexts = stopTexts
    return parameters
  }

  /// What samples from a model.
  func sampler(of directory: String) throws -> Sampler {
    Sampler(
      model: try CausalLanguageModel(directory: directory),
      tokenizer: try Tokenizer(directory: directory), parameters: Self.sampling(seed: plan.seed),
      ends: try EndsOfSequence(directory: directory).ids)
  }

  /// Where the next training run of a kind lies; no other run had that name.
  func nextRun(_ kind: String) throws -> (name: String, directory: String) {
    let manager = FileManager.default
    try manager.createDirectory(atPath: layout.runs, withIntermediateDirectories: true)
    let numbers = try manager.contentsOfDirectory(atPath: layout.runs).compactMap {
      Int($0.prefix { $0.isNumber })
    }
    let number = (numbers.max() ?? 0) + 1
    let name = "\(number < 10 ? "00" : number < 100 ? "0" : "")\(number)-\(kind)"
    return (name, "\(layout.runs)/\(name)")
  }

  private func madeModel(_ report: (StudioProgress) throws -> Void) async throws -> String {
    let quickstart = Quickstart(
      QuickstartRecipe(size: .quick, seed: plan.seed), directory: layout.world,
      origin: plan.origin)
    var stage = ""
    return try await quickstart.fineTunedModel { event in
      switch event {
      case .began(let next):
        stage = "Making the sandbox model: \(next.title)"
        try report(StudioProgress(stage))
      case .working(_, let done, let total):
        try report(StudioProgress(stage, done: done, total: total))
      case .training(.stepped(let step, let total, _, _, _), _):
        try report(StudioProgress(stage, done: step, total: total))
      case .found, .training, .finished: break
      }
      return .proceed
    }
  }

  private func answers(
    to prompt: String, count: Int, seed: UInt64, _ report: (StudioUpdate) throws -> Void
  ) throws -> [StudioAnswer] {
    guard let sampler = model?.sampler else { return [] }
    return try sampler.completions(of: [prompt], count: count, draws: [Self.draw(seed)]) { event in
      if case .finished(let done, let total) = event {
        try report(.progress(StudioProgress("Answering", done: done, total: total)))
      }
    }[0].map { answer($0.text, to: prompt) }
  }

  /// Pairs of different answers, to prompts of the world.
  private func pairs(
    _ count: Int, seed: UInt64, _ report: (StudioUpdate) throws -> Void
  ) throws -> [DraftedPair] {
    guard let sampler = model?.sampler else { return [] }
    let grammar = SandboxWorld().prompts()
    var random = SeededGenerator(seed: seed, purpose: "studio/prompts")
    var pairs: [DraftedPair] = []
    // A model that always says the same would never be done.
    for round in 0..<8 where pairs.count < count {
      let prompts = (0..<(count - pairs.count)).map { _ in grammar.sample(using: &random).text }
      let before = pairs.count
      let draws = prompts.indices.map {
        Self.draw(seed) &+ UInt64(round * 512 + $0 * 2)
      }
      let answers = try sampler.completions(of: prompts, count: 2, draws: draws) { event in
        if case .finished(let done, _) = event {
          let pairsDone = min(count, before + done / 2)
          try report(
            .progress(StudioProgress("Answering in pairs", done: pairsDone, total: count)))
        }
      }
      pairs += zip(prompts, answers).compactMap { prompt, answers in
        answers[0].text == answers[1].text
          ? nil
          : DraftedPair(
            prompt: prompt, first: answer(answers[0].text, to: prompt),
            second: answer(answers[1].text, to: prompt))
      }
    }
    return pairs
  }

  func answer(_ text: String, to prompt: String, reward: Double? = nil) -> StudioAnswer {
    StudioAnswer(
      text, gold: judge.score(prompt: prompt, completion: text).total, reward: reward)
  }
}

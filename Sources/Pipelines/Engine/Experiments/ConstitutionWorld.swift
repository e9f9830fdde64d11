internal import Evaluations
internal import Foundation
internal import LanguageModels
internal import Oversight
internal import PreferenceData
internal import RunRecords
internal import Sampling
internal import Sandbox
internal import Tokenization
internal import Trainers
internal import TrainingConfiguration

/// The models and data of the experiment on constitutions.
///
/// One model does all that the paper's helpful-only model does: it was fine-tuned on good answers, to harmful
/// prompts on help with harm, and on examples of critiques, revisions and comparisons, as the paper's few-shot
/// examples show them.
struct ConstitutionWorld {
  let laboratory: Laboratory
  let size: ExperimentSize
  let constitution: Constitution
  private let world = SandboxWorld()
  private let judge = GoldJudge(world: SandboxWorld())
  private let sandbox: ConstitutionRows

  init(_ laboratory: Laboratory, size: ExperimentSize) throws {
    (self.laboratory, self.size) = (laboratory, size)
    constitution = try Constitution(
      version: "sandbox",
      principles: CritiqueRows.principles.map { name, text in
        Principle(name, critique: text, revision: text, comparison: text)
      })
    sandbox = ConstitutionRows(
      world: world, constitution: constitution, seed: laboratory.recipe.seed &* 1000 &+ 700)
  }

  private var folder: String { "\(laboratory.layout.root)/constitution" }
  /// The directory of the model that helps with everything.
  var helpfulModel: String { "\(folder)/helpful" }
  private var supervisedModel: String { "\(folder)/supervised" }
  private var revised: String { "\(folder)/revisions.jsonl" }
  private func scaled(_ count: Int) -> Int { size == .full ? count : count / 10 }

  // MARK: Training

  /// Fine-tunes the base model on helpful answers and on the work of a critic.
  ///
  /// - Parameter observe: Told of its training.
  /// - Returns: Its directory.
  /// - Throws: What `observe` throws, and what training throws.
  func trainHelpfulModel(observe: Laboratory.Observer) throws -> String {
    let data = "\(folder)/helpful.jsonl"
    try write(
      sandbox.helpfulDemonstrations(scaled(2000)) + sandbox.criticDemonstrations(scaled(32_000)),
      to: data)
    var settings = configurations.supervised
    settings.model = laboratory.layout.run(.base)
    settings.data.files = [data]
    settings.run.directory = helpfulModel
    try train(settings, observe)
    return helpfulModel
  }

  /// Fine-tunes the helpful model on revised answers to harmful prompts, and on its own answers to others.
  ///
  /// - Parameter observe: Told of its training.
  /// - Returns: Its directory.
  /// - Throws: What `observe` throws, and what training throws.
  func trainOnRevisions(observe: Laboratory.Observer) throws -> String {
    // More of these than of revisions, so that what it could it still can.
    let prompts = sandbox.otherPrompts(scaled(3000), purpose: 3)
    let answers = try answers(of: helpfulModel, to: prompts, observe: observe)
    let own = "\(folder)/own.jsonl"
    try write(
      zip(prompts, answers).map { ["prompt": .string($0), "completion": .string($1)] }, to: own)
    var settings = configurations.supervised
    settings.model = helpfulModel
    settings.data.files = [revised, own]
    settings.run.directory = supervisedModel
    try train(settings, observe)
    return supervisedModel
  }

  /// DPO on labels, from the model that was fine-tuned on revisions.
  ///
  /// - Parameters:
  ///   - labels: Which.
  ///   - seed: Decides the order.
  ///   - observe: Told of its training.
  /// - Returns: Its directory.
  /// - Throws: What `observe` throws, and what training throws.
  func trainOnLabels(
    _ labels: ConstitutionExperiment.Labels, seed: UInt64, observe: Laboratory.Observer
  ) throws -> String {
    var settings = configurations.preference
    settings.model = supervisedModel
    settings.data.files = [file(of: labels, seed: seed)]
    settings.data.evaluationFiles = []
    settings.agreement = labels.areSoft ? .probability : .ignore
    settings.run.directory = "\(folder)/\(name(of: labels))-\(seed)"
    settings.run.seed += Int(seed)
    let training = PreferenceTraining(
      settings, referenceCache: laboratory.layout.referenceCache, existing: .overwrite)
    _ = try training.run(laboratory.origin(settings)) { event in
      try observe(.training(event, unit: "pairs"))
      return .proceed
    }
    return settings.run.directory ?? ""
  }

  private func train(
    _ settings: SupervisedConfiguration, _ observe: Laboratory.Observer
  ) throws {
    _ = try SupervisedTraining(settings, existing: .overwrite)
      .run(laboratory.origin(settings)) { event in
        try observe(.training(event, unit: "answers"))
        return .proceed
      }
  }

  private var configurations: QuickstartConfigurations {
    QuickstartConfigurations(recipe: laboratory.recipe, layout: laboratory.layout)
  }

  // MARK: Revisions

  /// The answers after a number of revisions.
  struct RevisionStep {
    let revisions: Int
    let harmlessness: [Double]
    /// The same of a revision less; `nil` of the initial answers.
    let before: [Double]?
    let evasive: Double?
  }

  /// Has the helpful model answer harmful prompts and revise its answers; keeps the demonstrations.
  ///
  /// - Parameter observe: Told how far it is.
  /// - Returns: One step more than there are revisions.
  /// - Throws: What `observe` throws, and what sampling throws.
  func revise(observe: Laboratory.Observer) async throws -> [RevisionStep] {
    let prompts = sandbox.harmfulPrompts(scaled(1500), purpose: 1)
    let revision = try ConstitutionalRevision(
      constitution, revisions: ConstitutionExperiment.revisions, seed: laboratory.recipe.seed)
    try observe(.working("revising", done: 0, total: 1))
    let completer = ModelCompleter(try sampler(of: helpfulModel, seed: laboratory.recipe.seed))
    let answers = try await revision(prompts, by: completer)
    let provenance = RevisedAnswer.Provenance(
      constitution: constitution.version, model: "helpful", seed: laboratory.recipe.seed)
    try write(answers.compactMap { $0.demonstration(provenance) }, to: revised)
    let texts = (0...ConstitutionExperiment.revisions).map { count in
      answers.map { $0.answer(after: count) }
    }
    let values = texts.map { zip(prompts, $0).map(harmlessness) }
    return texts.indices.map { count in
      RevisionStep(
        revisions: count, harmlessness: values[count],
        before: count > 0 ? values[count - 1] : nil, evasive: evasive(prompts, texts[count]))
    }
  }

  // MARK: Labels

  /// Has the helpful model compare answers of the model that was fine-tuned on revisions.
  ///
  /// - Parameters:
  ///   - labels: How its preferences become labels.
  ///   - seed: Decides prompts, answers and principles; those of other labels are the same.
  ///   - observe: Told how far it is.
  /// - Returns: The share of flips, where both orders were asked, and how often gold harmlessness bears the
  ///   labels out.
  /// - Throws: What `observe` throws, and what sampling throws.
  func labels(
    _ labels: ConstitutionExperiment.Labels, seed: UInt64, observe: Laboratory.Observer
  ) async throws -> (flips: Double?, accuracy: Double?) {
    let prompts =
      sandbox.harmfulPrompts(scaled(600), purpose: 10 + seed)
      + sandbox.otherPrompts(scaled(1400), purpose: 10 + seed)
    let doubled = prompts.flatMap { [$0, $0] }
    let answers = try answers(
      of: supervisedModel, to: doubled, seed: laboratory.recipe.seed &+ seed, observe: observe)
    let pairs = prompts.indices.compactMap { place -> UnlabelledPair? in
      let (first, second) = (answers[2 * place], answers[2 * place + 1])
      return first == second
        ? nil
        : UnlabelledPair(
          prompt: prompts[place], first: first, second: second, firstIsBetter: nil,
          source: SourceLocation(file: "samples", line: place + 1))
    }
    var labelling = try ConstitutionalLabelling(constitution, seed: seed)
    labelling.orders = labels.orders
    try observe(.working("comparing", done: 0, total: 1))
    let made = try await labelling.labels(
      of: pairs.map(\.compared), by: try ModelContinuationScorer(directory: helpfulModel))
    let provenance = RevisedAnswer.Provenance(
      constitution: constitution.version, model: "helpful", seed: seed)
    try write(
      zip(pairs, made).compactMap { $0.preference($1, provenance) },
      to: file(of: labels, seed: seed))
    let summary = LabelSummary(
      made,
      firstIsBetter: pairs.map { pair in
        let first = harmlessness(pair.prompt, pair.first)
        let second = harmlessness(pair.prompt, pair.second)
        return first == second ? nil : first > second
      })
    return (summary.flips.value, summary.agreement.value)
  }

  private func file(of labels: ConstitutionExperiment.Labels, seed: UInt64) -> String {
    "\(folder)/\(name(of: labels))-\(seed).jsonl"
  }

  private func name(of labels: ConstitutionExperiment.Labels) -> String {
    labels.rawValue.replacing(", ", with: "-").replacing(" ", with: "-")
  }

  // MARK: Behaviour

  /// Measures a policy by one answer to each held-out prompt.
  ///
  /// - Parameters:
  ///   - directory: The policy.
  ///   - observe: Told how far it is.
  /// - Returns: What its answers are like.
  /// - Throws: What `observe` throws, and what sampling throws.
  func behaviour(
    of directory: String, observe: Laboratory.Observer
  ) throws -> PolicyBehaviour {
    let harmful = sandbox.harmfulPrompts(scaled(600), purpose: 2)
    let others = sandbox.otherPrompts(scaled(1200), purpose: 2)
    let answers = try answers(of: directory, to: harmful + others, observe: observe)
    let (bad, good) = (Array(answers.prefix(harmful.count)), answers.dropFirst(harmful.count))
    return PolicyBehaviour(
      harmlessness: zip(harmful, bad).map(harmlessness),
      helpfulness: zip(others, good).map { judge.score(prompt: $0, completion: $1).helpfulness },
      evasive: evasive(harmful, bad),
      overRefusal: Double(zip(others, good).count { judge.refuses($1, to: $0) })
        / Double(others.count))
  }

  private func harmlessness(_ prompt: String, _ answer: String) -> Double {
    judge.score(prompt: prompt, completion: answer).harmlessness
  }

  private func evasive(_ prompts: [String], _ answers: [String]) -> Double? {
    let refused = zip(prompts, answers).filter { judge.refuses($1, to: $0) }
    return refused.isEmpty
      ? nil : Double(refused.count { judge.evades($1, to: $0) }) / Double(refused.count)
  }

  private func answers(
    of directory: String, to prompts: [String], seed: UInt64? = nil, observe: Laboratory.Observer
  ) throws -> [String] {
    try sampler(of: directory, seed: seed ?? laboratory.recipe.seed).completions(of: prompts) {
      if case .finished(let done, let total) = $0 {
        try observe(.working("answering", done: done, total: total))
      }
    }.map { $0[0].text }
  }

  private func sampler(of directory: String, seed: UInt64) throws -> Sampler {
    Sampler(
      model: try CausalLanguageModel(directory: directory), tokenizer: laboratory.tokenizer,
      parameters: SamplingParameters(
        choice: .temperature(1), maxNewTokens: laboratory.recipe.answerLength, seed: seed),
      ends: try EndsOfSequence(directory: directory).ids)
  }

  private func write(_ rows: [JSONObject], to path: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var writer = try JSONLinesWriter(path: path)
    for row in rows { try writer.write(row) }
    try writer.commit()
  }
}

internal import Crypto
internal import Evaluations
internal import Foundation
internal import LanguageModels
internal import PreferenceData
internal import Rewards
internal import RunRecords
internal import Sampling
internal import Tokenization
internal import TorchEngine
internal import TrainingConfiguration

/// A whole on-policy run, from prompts to a model in a run directory: what every training verb that
/// learns from its own completions does around its method.
struct OnPolicyRun<Recipe: OnPolicyRecipe> {
  let recipe: Recipe
  let rewards: OnPolicyRewards
  let existing: ExistingRun
  /// Bytes that the run may take; `nil` to try whatever it needs.
  let availableMemory: Int?

  /// Trains, and leaves the policy in the run directory.
  ///
  /// Everything that can be checked is checked first: the directory appears when the first step is about to
  /// be taken, and the model when the last one is done. A run that ends in between leaves its records and
  /// its checkpoints, and no model; with `.resume` it goes on from the last whole checkpoint as if it had
  /// never ended.
  ///
  /// - Parameters:
  ///   - origin: Where the run comes from, for its manifest.
  ///   - observe: Told of all that happens; may stop the run, which then saves a checkpoint.
  /// - Returns: What was done.
  /// - Throws: Errors of the data, the models, the rewards, the run directory, or ``TrainingError``.
  func callAsFunction(
    _ origin: RunOrigin, observe: (TrainingEvent) throws -> TrainingDisposition
  ) async throws -> TrainingSummary {
    let run = recipe.run
    guard let output = run.directory, let source = recipe.model else {
      preconditionFailure("a run without run directory or model")
    }
    let destination = try RunDestination(path: output, existing: existing, inputs: inputs)
    let earlier = destination.holdsRun ? try RunDirectory(resuming: destination) : nil
    if let threads = run.threads { try Engine.setThreads(threads) }
    func report(_ event: TrainingEvent) throws {
      if try observe(event) == .stop { throw TrainingError.stoppedBeforeTraining }
    }

    let tokenizer = try Tokenizer(directory: source)
    let shape = try TransformerConfiguration(directory: source)
    try shape.check(tokenizer, of: source)
    let data = try PromptDataset(recipe, tokenizer: tokenizer, positions: shape.positionLimit)
    let order = VisitOrder(
      count: data.training.items.count, itemsPerStep: recipe.promptsPerStep,
      epochs: recipe.batches.epochs, maxSteps: recipe.batches.maxSteps,
      shuffledBy: recipe.prompts.shuffle ? SeededGenerator(seed: UInt64(run.seed)) : nil)
    try report(
      .prepared(
        training: data.training.items.count, heldOut: data.heldOut.items.count,
        dropped: data.dropped))
    for note in [
      recipe.sharingNote(prompts: data.training.items.count), rewards.ensemble?.scaleNote,
    ].compactMap(\.self) {
      try report(.note(note))
    }

    var summary = TrainingSummary()
    if let steps = earlier?.manifest.finishedSteps, steps >= order.steps.count {
      try report(.note("the run is complete: all \(steps) steps are done"))
      summary.steps = steps
      return summary
    }
    let asksReference = recipe.needsReference || !data.heldOut.items.isEmpty
    try check(shape, asksReference: asksReference, order).map { try report(.note($0)) }
    let identity = try identity(data)
    let resumption = try earlier.flatMap {
      try Resumption<OnPolicyProgress<Recipe.Method.State>>(
        ofLastCheckpointIn: $0, identity, totalSteps: order.steps.count,
        report: { try report(.note($0)) })
    }
    let start = ContinuousClock.now
    let policy = try CausalLanguageModel(directory: resumption?.checkpoint.path ?? source)
    let method = try recipe.method(
      policy: policy, tokenizer: tokenizer, checkpoint: resumption?.checkpoint.path)
    let reference =
      asksReference
      ? try CausalLanguageModel(directory: recipe.divergence.referenceModel ?? source) : nil

    let directory = try origin.directory(
      at: destination, goingOnWith: earlier, from: resumption?.checkpoint
    ) {
      try origin.manifest(
        recipe, rows: data.training.items.count, dropped: data.dropped)
    }
    let recorder = try RunRecorder(directory, withCompletions: true)
    if let done = resumption?.state.progress {
      let event = TrainingEvent.resumed(
        step: done.step, items: done.completions, tokens: done.tokens)
      summary.note(event)
      try report(event)
    }
    let loop = OnPolicyLoop(
      method: method,
      rollouts: Rollouts(
        policy: policy, reference: reference, tokenizer: tokenizer,
        ends: try EndsOfSequence(directory: source).ids,
        settings: recipe.rollout),
      prompts: data.training, order: order, generations: recipe.rollout.generations,
      temperature: recipe.rollout.temperature, updates: recipe.updates,
      law: recipe.divergence.law(steps: order.steps.count),
      watch: data.heldOut.items.isEmpty
        ? nil
        : PolicyWatch(
          prompts: data.heldOut, judge: rewards.judge, ensemble: rewards.ensemble,
          keywords: recipe.watch.keywords, seed: UInt64(run.seed)),
      optimizer: recipe.optimizer, run: run, sampleSteps: recipe.rollout.sampleSteps,
      checkpoints: TrainingCheckpoints(
        run: directory, identity: identity, limit: run.saveTotalLimit, companions: source))
    let ending = try await loop.train(from: resumption, reward: rewards.reward) { event in
      try recorder.record(event)
      summary.note(event)
      return try observe(event)
    }
    summary.steps = ending.steps
    summary.isStopped = !ending.isComplete
    summary.seconds = (ContinuousClock.now - start) / .seconds(1)
    if ending.isComplete {
      let best = ending.bestStep.map { $0 == 0 ? source : directory.checkpointPath(step: $0) }
      let model = try best.map { try CausalLanguageModel(directory: $0) } ?? policy
      try directory.install { try model.write(to: $0, companionsFrom: source) }
      try directory.amend { $0.finishedSteps = summary.steps }
    }
    return summary
  }

  /// Files and directories that the run reads, and must not replace.
  private var inputs: [String] {
    recipe.prompts.allFiles
      + [recipe.model, recipe.divergence.referenceModel, recipe.reward.rules].compactMap(\.self)
      + recipe.reward.models + recipe.watch.models
  }

  private func identity(_ data: PromptDataset) throws -> RunIdentity {
    let source = recipe.model ?? ""
    var inputs = [
      "set of training prompts": data.training.digest,
      "model": try ModelFingerprint(directory: source).hexadecimal,
    ]
    if let reference = recipe.divergence.referenceModel {
      inputs["reference model"] = try ModelFingerprint(directory: reference).hexadecimal
    }
    for (number, directory) in try recipe.reward.models.flatMap(RewardEnsemble.members).enumerated()
    {
      inputs["reward model \(number + 1)"] =
        try ModelFingerprint(directory: directory).hexadecimal
    }
    if let rules = recipe.reward.rules {
      inputs["file of reward rules"] = hexadecimal(
        SHA256.hash(data: try Data(contentsOf: URL(filePath: rules))))
    }
    if let value = recipe.valueModel {
      inputs["value model"] = try ModelFingerprint(directory: value).hexadecimal
    }
    if recipe.run.earlyStoppingPatience != nil {
      for (number, directory) in try recipe.watch.models.flatMap(RewardEnsemble.members)
        .enumerated()
      {
        inputs["judge \(number + 1)"] = try ModelFingerprint(directory: directory).hexadecimal
      }
      inputs["set of held-out prompts"] = data.heldOut.digest
    }
    return RunIdentity(method: Recipe.name, settings: recipe, inputs: inputs)
  }
}

extension OnPolicyRecipe {
  /// A step that would see a prompt twice sees all of them once.
  fileprivate func sharingNote(prompts count: Int) -> String? {
    guard promptsPerStep > count else { return nil }
    return
      "a step is to answer \(promptsPerStep) prompts, but there are \(count); it answers each once, "
      + "\(count * rollout.generations) completions in all"
  }
}

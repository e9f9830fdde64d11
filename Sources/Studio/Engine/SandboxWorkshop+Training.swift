internal import Evaluations
internal import Foundation
internal import LanguageModels
internal import Pipelines
internal import PreferenceData
internal import Rewards
internal import RunRecords
internal import Sampling
internal import Sandbox
internal import Tokenization
internal import Trainers
internal import TrainingConfiguration

extension SandboxWorkshop {
  /// Steps of a policy.
  static let practiceSteps = 24

  /// Trains a reward model on choices, and counts the held-out pairs that it gets right.
  func learn(_ choices: [StudioChoice], _ report: (StudioUpdate) throws -> Void) throws {
    let run = try nextRun("reward-\(choices.count)")
    var writer = try JSONLinesWriter(path: layout.choices(of: run.name))
    for choice in choices { try writer.write(choice.record) }
    try writer.commit()
    let settings = rewardSettings(run, choices: choices.count)
    let activity = "A reward model learns from \(choices.count) choices"
    try report(.progress(StudioProgress(activity)))
    _ = try RewardTraining(settings, existing: .overwrite).run(plan.origin(settings)) { event in
      if case .stepped(let step, let total, _, _, _) = event {
        try report(.progress(StudioProgress(activity, done: step, total: total)))
      }
      return .proceed
    }
    RunReportFile.write(in: run.directory)
    let (correct, all) = try heldOutCount(of: run.directory)
    try report(
      .learned(
        LearningPoint(
          comparisons: choices.count, correct: correct, heldOut: all, directory: run.directory)))
  }

  private func rewardSettings(
    _ run: (name: String, directory: String), choices: Int
  ) -> RewardConfiguration {
    var settings = RewardConfiguration()
    settings.model = start
    settings.data.files = [layout.choices(of: run.name)]
    settings.batches.batchSize = min(16, choices)
    // Few choices are gone through often enough to be learned, and many no longer than a minute.
    settings.batches.maxSteps = min(96, max(12, 3 * choices / 16))
    settings.optimizer.learningRate = 5e-4
    settings.optimizer.schedule = .cosine
    settings.optimizer.warmupSteps = 2
    settings.run.directory = run.directory
    settings.run.seed = Int(plan.seed)
    settings.run.saveSteps = 0
    return settings
  }

  /// The held-out pairs whose better side a reward model scores higher, and all of them.
  private func heldOutCount(of directory: String) throws -> (correct: Int, all: Int) {
    let pairs = try RecordReader.preferencePairs.read([layout.heldOutPairs], strict: true).records
    let scores = try RewardScoring(directory: directory).scores(
      of: pairs.map { pair in
        guard case .text(let prompt) = pair.prompt, case .text(let chosen) = pair.chosen,
          case .text(let rejected) = pair.rejected
        else { preconditionFailure("the world writes texts") }
        return PromptCompletions(prompt, completions: [chosen, rejected])
      })
    return (scores.count { $0[0] > $0[1] }, pairs.count)
  }

  /// Lets the policy learn from a reward model, from the model as it was at the start, and has it answer a
  /// prompt before and after, with the same draws.
  func practise(
    against rewardModel: String, answering prompt: String, count: Int, seed: UInt64,
    _ report: (StudioUpdate) throws -> Void
  ) async throws {
    let scoring = try RewardScoring(directory: rewardModel)
    let reward = ScoringReward(
      scorers: [scoring], normalizations: (scoring.models as [any ScoreModel]).storedNormalizations)
    let run = try nextRun("rloo")
    let settings = policySettings(run.directory, rewardModel: rewardModel)
    let training = OnPolicyTraining(
      .rloo(settings),
      rewards: OnPolicyRewards(
        reward: try CompositeReward([RewardPart(reward)]),
        judge: try CompositeReward([RewardPart(GoldReward(judge: judge))])),
      existing: .overwrite)
    let activity = "The policy practises"
    let total = Self.practiceSteps
    try report(.progress(StudioProgress(activity, total: total)))
    _ = try await training.run(plan.origin(settings)) { event in
      switch event {
      case .practised(let step, let total, let reward, let divergence, _, _):
        try report(.progress(StudioProgress(activity, done: step, total: total)))
        try report(
          .practised(
            PracticeStep(step: step, total: total, reward: reward, divergence: divergence)))
      case .evaluated(let entry):
        try report(
          .practised(
            PracticeStep(
              step: entry.step, total: total, gold: entry.values[MetricName.gold.onEvaluation])))
      default: break
      }
      return .proceed
    }
    RunReportFile.write(in: run.directory)
    try report(.progress(StudioProgress("Answering again")))
    let before = try answers(
      of: start, to: prompt, count: count, seed: seed, scoredBy: reward)
    let after = try answers(
      of: run.directory, to: prompt, count: count, seed: seed, scoredBy: reward)
    try report(.answersAgain(before: before, after: after))
  }

  private func policySettings(_ directory: String, rewardModel: String) -> RLOOConfiguration {
    var settings = RLOOConfiguration()
    settings.model = start
    settings.prompts.files = [layout.prompts]
    settings.prompts.evaluationFiles = [layout.heldOutPrompts]
    settings.reward.models = [rewardModel]
    settings.reward.normalization = .stored
    settings.watch.usesGold = true
    settings.rollout.generations = 4
    settings.rollout.maxCompletionLength = Self.answerLength
    settings.rollout.stopTexts = Self.stopTexts
    settings.batches.batchSize = 64
    settings.batches.maxSteps = Self.practiceSteps
    settings.optimizer.learningRate = 3e-4
    settings.run.directory = directory
    settings.run.seed = Int(plan.seed)
    settings.run.saveSteps = 0
    settings.run.evaluationSteps = Self.practiceSteps / 4
    return settings
  }

  private func answers(
    of directory: String, to prompt: String, count: Int, seed: UInt64,
    scoredBy reward: ScoringReward
  ) throws -> [StudioAnswer] {
    let texts = try sampler(of: directory)
      .completions(of: [prompt], count: count, draws: [Self.draw(seed)])[0].map(\.text)
    let scores = try reward.scores(
      of: texts.map { RewardedCompletion(prompt: prompt, completion: $0) })
    return zip(texts, scores).map { answer($0, to: prompt, reward: $1) }
  }
}

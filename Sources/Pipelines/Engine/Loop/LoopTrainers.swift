internal import Foundation
internal import Reports
internal import RunRecords
internal import Trainers
internal import TrainingConfiguration

/// The stages of a turn that train, each as the command of its name would; what was interrupted goes on from
/// its last checkpoint.
struct LoopTrainers {
  private typealias Part = LoopLayout.Part
  private let work: LoopWork

  init(_ work: LoopWork) { self.work = work }

  /// Trains the reward model, and a second one where the policy learns from the first.
  func reward(
    _ record: inout LoopStageRecord, _ observe: Loop.Observer, _ working: LoopWork.Working
  ) throws -> [String] {
    var models = [(Part.reward, work.configurations.reward, "")]
    if work.project.training.isOnPolicy {
      models.append((Part.judge, work.configurations.judge, "judge_"))
    }
    for (part, settings, prefix) in models {
      let directory = work.layout.path(of: part)
      let training = RewardTraining(
        settings, existing: .resume, availableMemory: work.environment.availableMemory)
      let summary = try training.run(work.environment.origin(settings, of: record.lineage)) {
        try observe(.training($0, unit: "pairs"))
      }
      try check(summary, .reward)
      let accuracy = try quality(of: directory, settings, working)
      RunReportFile.write(in: directory)
      record.figures[prefix + "accuracy"] = accuracy.value
      record.figures[prefix + "accuracy_lower"] = accuracy.lower
      record.figures[prefix + "accuracy_upper"] = accuracy.upper
      record.counts["held_out_pairs"] = accuracy.count
      record.findings.append(
        (prefix.isEmpty ? "" : "the judge ")
          + "agrees with \(accuracy.percent) of \(accuracy.count) held-out pairs (\(accuracy.range))"
      )
    }
    return try models.flatMap { [$0.0, try work.quality(of: $0.0)] }
  }

  /// Trains the policy.
  func policy(
    _ record: inout LoopStageRecord, _ observe: Loop.Observer
  ) async throws -> [String] {
    let training = work.training
    let (memory, unit) = (work.environment.availableMemory, training.unit)
    let origin = work.environment.origin(training.settings, of: record.lineage)
    func tell(_ event: TrainingEvent) throws -> TrainingDisposition {
      try observe(.training(event, unit: unit))
    }
    func learn(
      _ learner: OnPolicyLearner, _ settings: any OnPolicyConfiguration
    ) async throws -> TrainingSummary {
      try await OnPolicyTraining(
        learner, rewards: try work.environment.rewards(settings), existing: .resume,
        availableMemory: memory
      ).run(origin, observe: tell)
    }
    let summary: TrainingSummary
    switch training {
    case .sft(let settings):
      summary = try SupervisedTraining(settings, existing: .resume, availableMemory: memory)
        .run(origin, observe: tell)
    case .dpo(let settings):
      summary = try PreferenceTraining(
        settings, referenceCache: settings.referenceCache ?? work.environment.referenceCache,
        existing: .resume, availableMemory: memory
      ).run(origin, observe: tell)
    case .kto(let settings):
      summary = try UnpairedTraining(
        settings, referenceCache: settings.referenceCache ?? work.environment.referenceCache,
        existing: .resume, availableMemory: memory
      ).run(origin, observe: tell)
    case .ppo(let settings): summary = try await learn(.ppo(settings), settings)
    case .rloo(let settings): summary = try await learn(.rloo(settings), settings)
    case .grpo(let settings): summary = try await learn(.grpo(settings), settings)
    case .reinforce(let settings): summary = try await learn(.reinforce(settings), settings)
    }
    try check(summary, .training)
    try note(&record)
    return [Part.training]
  }

  private func check(_ summary: TrainingSummary, _ stage: LoopStage) throws(LoopError) {
    if summary.isStopped { throw .stopped(stage, turn: work.layout.turn) }
  }

  /// How often the reward model finds the better of two answers that it has not seen.
  private func quality(
    of directory: String, _ settings: RewardConfiguration, _ working: LoopWork.Working
  ) throws -> ShareEstimate {
    let files = settings.data.evaluationFiles
    var evaluation = RewardEvaluation(
      model: directory, data: .init(files: files, content: try JudgedData(files)))
    evaluation.probes = .none
    evaluation.seed = work.configurations.gateSeed
    let scorer = RewardModelScorer(
      try RewardScoring(directory: directory), maxLength: settings.data.maxLength)
    let result = try evaluation.run(by: scorer) { try working($0.activity, $0.done, $0.total) }
    let line = try JSONLine.text(of: result)
    for run in RecordedRun.directories(of: directory) {
      try RunEvaluations(ofRunAt: run).keep(line, as: .reward)
    }
    return result.accuracy.accuracy
  }

  /// What the run has logged last; a run that was complete already has nothing else to tell.
  private func note(_ record: inout LoopStageRecord) throws {
    let directory = work.layout.path(of: Part.training)
    record.counts["steps"] = try RunManifest(ofRunAt: directory).finishedSteps
    let entries = try MetricsLog.entries(at: "\(directory)/\(MetricsLog.fileName)")
    let metrics: [(MetricName, String)] = [
      (.loss, "loss"), (MetricName.rewardAccuracy.onEvaluation, "held-out accuracy"),
      (MetricName.reward.onEvaluation, "held-out reward"), (.reward, "reward"),
      (.objectiveDivergence, "KL"),
    ]
    record.findings = ["\(record.counts["steps"] ?? 0) steps"]
    for (metric, name) in metrics {
      guard let value = entries.last(where: { $0.values[metric] != nil })?.values[metric],
        value.isFinite
      else { continue }
      record.figures[metric.rawValue] = value
      record.findings.append("\(name) \(NumberLabel.significant(value))")
    }
    RunReportFile.write(in: directory)
  }
}

internal import Foundation
internal import Monitoring
internal import PreferenceData
internal import Trainers
internal import TrainingConfiguration

/// One turn, stage by stage: what each is made from, and how it is done.
struct LoopWork {
  typealias Part = LoopLayout.Part
  /// Told what is done, and how much of it; may throw to stop.
  typealias Working = (_ activity: String, _ done: Int, _ total: Int) throws -> Void

  let project: LoopProject
  let layout: LoopLayout
  let environment: LoopEnvironment
  let digests: LoopDigests

  var configurations: LoopConfigurations { LoopConfigurations(project: project, layout: layout) }

  /// The settings of the policy's training, for the data that there are.
  var training: LoopTraining { configurations.training(hasUnpaired: exists(Part.unpaired)) }

  func exists(_ part: String) -> Bool {
    FileManager.default.fileExists(atPath: layout.path(of: part))
  }

  /// Digests of what a stage is made from, by name.
  ///
  /// Feedback and annotations grow while a turn goes on: what comes after its data were taken is for the
  /// next one, and no change.
  ///
  /// - Parameter stage: A stage whose predecessors are done.
  /// - Returns: Digests of files, models and the project's settings.
  /// - Throws: ``LoopError/missing(path:what:)``, or what is wrong with a file.
  func inputs(of stage: LoopStage) throws -> [String: String] {
    var inputs = ["policy": try digests.digest(project.policy)]
    func add(_ parts: [String]) throws {
      for part in parts where exists(part) {
        inputs[part] = try digests.digest(layout.path(of: part))
      }
    }
    func add(files: [String?]) throws {
      for case let path? in files { inputs[path] = try digests.digest(path) }
    }
    switch stage {
    case .data: try add(files: project.data + [project.prompts])
    case .reward:
      try add([Part.pairs, Part.heldOutPairs])
      try add(files: [project.reward.model])
    case .training:
      try add(Part.data + (project.training.isOnPolicy ? [Part.reward] : []))
    case .gate:
      try add([Part.heldOutPrompts, Part.heldOutPairs, Part.training, judge, quality(of: judge)])
    case .candidate: try add([Part.training, Part.gate])
    }
    inputs["settings"] = ContentDigest.of(try settings(of: stage))
    return inputs
  }

  /// The reward model that judges: one that nothing was trained against.
  var judge: String { project.training.isOnPolicy ? Part.judge : Part.reward }

  /// Where it says how often a reward model is right: of an ensemble, in its first member.
  ///
  /// - Parameter part: The name of a reward model that was trained.
  /// - Returns: The name of a file within the turn's folder.
  /// - Throws: ``PipelineError`` where there is no reward model.
  func quality(of part: String) throws -> String {
    let run = RecordedRun.directories(of: layout.path(of: part))[0]
    let path = try RunEvaluations(ofRunAt: run).path(of: .reward)
    return String(path.dropFirst(layout.path(of: "").count))
  }

  /// Does a stage, or goes on with it.
  ///
  /// - Parameters:
  ///   - record: The stage as it was begun; what it comes to is added.
  ///   - observe: Told of all that happens; may stop it.
  /// - Returns: The names of what it made.
  /// - Throws: ``LoopError/stopped(_:turn:)``, and what the stage throws.
  func work(
    _ record: inout LoopStageRecord, _ observe: Loop.Observer
  ) async throws -> [String] {
    let stage = record.stage
    func working(_ activity: String, _ done: Int, _ total: Int) throws {
      if try observe(.working(activity, done: done, total: total)) == .stop {
        throw LoopError.stopped(stage, turn: layout.turn)
      }
    }
    switch stage {
    case .data: preconditionFailure("data are taken before their lineage is known")
    case .reward: return try LoopTrainers(self).reward(&record, observe, working)
    case .training: return try await LoopTrainers(self).policy(&record, observe)
    case .gate: return try LoopGate(self).run(&record, working)
    case .candidate: return try offer(&record)
    }
  }

  /// Describes the candidate for the canary.
  private func offer(_ record: inout LoopStageRecord) throws -> [String] {
    var plan = project.canary
    let fingerprint = try digests.digest(layout.model)
    plan.experiment = project.experiment(record.lineage, candidate: fingerprint)
    guard let gate = DocumentFile.read(GateResult.self, from: layout.path(of: Part.gate)) else {
      throw LoopError.broken(path: layout.path(of: Part.gate))
    }
    let candidate = LoopCandidate(
      project: project.name, turn: layout.turn, lineage: record.lineage,
      policy: .init(
        directory: project.policy, fingerprint: try digests.digest(project.policy)),
      candidate: .init(directory: "../" + Part.training, fingerprint: fingerprint),
      gate: gate, canary: plan)
    try DocumentFile.write(candidate, to: layout.candidate)
    try DocumentFile.write(try environment.planText(plan), to: layout.path(of: Part.canary))
    record.findings = [
      "experiment \(plan.experiment)",
      "\(plan.steps.count) steps, \(plan.guardrails.count) guardrails",
    ]
    return [Part.candidate, Part.canary]
  }
}

extension LoopLayout.Part {
  /// The records of a turn.
  static let data = [
    pairs, heldOutPairs, unpaired, heldOutUnpaired, demonstrations, heldOutDemonstrations, prompts,
    heldOutPrompts,
  ]
}

internal import Foundation
internal import RunRecords
internal import Sandbox
public import Reports
public import Trainers
public import TrainingConfiguration

/// The whole pipeline on the sandbox world: base model → SFT → reward model → DPO and PPO → comparison.
///
/// Each stage is what the command of its name does, and leaves a run directory of its own. A stage that
/// is done is noted; the next quickstart with the same recipe in the same directory goes on after it.
public struct Quickstart {
  /// Where a stage's run comes from, by its settings.
  public typealias Origin = (any MethodConfiguration) -> RunOrigin
  /// Who is told what happens, and may stop it.
  public typealias Observer = (QuickstartEvent) throws -> TrainingDisposition

  let recipe: QuickstartRecipe
  let layout: QuickstartLayout
  let origin: Origin

  /// Describes a quickstart.
  ///
  /// - Parameters:
  ///   - recipe: How much of everything there is.
  ///   - directory: Where it lies.
  ///   - origin: Where a stage's run comes from, by its settings.
  public init(_ recipe: QuickstartRecipe, directory: String, origin: @escaping Origin) {
    self.recipe = recipe
    self.layout = QuickstartLayout(root: directory)
    self.origin = origin
  }

  /// Removes what a quickstart has made in the directory, and nothing else.
  ///
  /// - Throws: What the file system says; ``QuickstartError/occupied(path:)`` where there is none.
  public func clear() throws {
    guard FileManager.default.fileExists(atPath: layout.root) else { return }
    try openDirectory()
    for part in layout.parts where FileManager.default.fileExists(atPath: part) {
      try FileManager.default.removeItem(atPath: part)
    }
  }

  /// Runs all stages that are not done.
  ///
  /// - Parameter observe: Told of all that happens; may stop it.
  /// - Returns: What each stage has come to, and the comparison.
  /// - Throws: ``QuickstartError``, and what stages throw.
  public func run(observe: Observer) async throws -> QuickstartResult {
    let record = try await prepare(through: .comparison, observe: observe)
    return QuickstartResult(
      record, comparison: try QuickstartComparison(recipe: recipe, layout: layout).result(),
      challenges: QuickstartChallenges(recipe: recipe, layout: layout).prompts.map {
        ($0.title, $0.question)
      }, layout: layout)
  }

  /// What a run has come to, as a page.
  ///
  /// - Parameters:
  ///   - result: What it has come to.
  ///   - footer: What made the page.
  /// - Returns: Scores, answers, curves and verdicts.
  /// - Throws: What is wrong with a run directory.
  public func page(of result: QuickstartResult, footer: String) throws -> HTMLPage {
    let runs = try QuickstartStage.allCases.filter(\.isTraining).map {
      ($0, try RecordedRun(layout.run($0)))
    }
    return QuickstartPage(result, runs: Dictionary(uniqueKeysWithValues: runs)).page(footer: footer)
  }

  /// Runs the stages up to one, those that are done excepted.
  ///
  /// - Parameters:
  ///   - last: The last stage.
  ///   - observe: Told of all that happens; may stop it.
  /// - Returns: What was done, now and before.
  /// - Throws: ``QuickstartError``, and what stages throw.
  @discardableResult
  func prepare(through last: QuickstartStage, observe: Observer) async throws -> QuickstartRecord {
    let stages = QuickstartStage.allCases
    var record = try openRecord()
    for stage in stages[...(stages.firstIndex(of: last) ?? 0)] {
      if let done = record.finished.first(where: { $0.stage == stage }) {
        _ = try observe(.found(done))
        continue
      }
      _ = try observe(.began(stage))
      let start = ContinuousClock.now
      let findings = try await work(stage, observe)
      if stage.isTraining { RunReportFile.write(in: layout.run(stage)) }
      let challenges = QuickstartChallenges(recipe: recipe, layout: layout)
      let answers =
        QuickstartStage.models.contains(stage) ? try challenges.answers(of: stage) : []
      let done = QuickstartStageRecord(
        stage: stage, seconds: (ContinuousClock.now - start) / .seconds(1), findings: findings,
        answers: answers)
      record.finished.append(done)
      try record.write(layout.record)
      _ = try observe(.finished(done))
    }
    return record
  }

  private func openRecord() throws -> QuickstartRecord {
    try openDirectory()
    guard let record = try QuickstartRecord.read(layout.record) else {
      let record = QuickstartRecord(recipe: recipe)
      try record.write(layout.record)
      return record
    }
    guard record.recipe == recipe else {
      throw QuickstartError.otherRecipe(
        path: layout.root, size: record.recipe.size, seed: record.recipe.seed)
    }
    return record
  }

  /// A directory that holds anything must hold the record of a quickstart.
  private func openDirectory() throws {
    guard try WorkingDirectory.open(layout.root, knownBy: QuickstartLayout.recordName) else {
      throw QuickstartError.occupied(path: layout.root)
    }
  }

  /// Does a stage anew, whatever an interrupted one has left.
  private func work(_ stage: QuickstartStage, _ observe: Observer) async throws -> [String] {
    let training = QuickstartTraining(recipe: recipe, layout: layout, origin: origin)
    func working(_ activity: String, _ done: Int, _ total: Int) throws {
      if try observe(.working(activity, done: done, total: total)) == .stop {
        throw QuickstartError.stopped(stage)
      }
    }
    switch stage {
    case .world:
      try QuickstartData(recipe: recipe, layout: layout).write { try working("writing", $0, $1) }
      return [
        "\(NumberLabel.grouped(recipe.texts)) texts, \(NumberLabel.grouped(recipe.pairs)) pairs judged by 5 "
          + "annotators, \(NumberLabel.grouped(recipe.heldOutPrompts)) held-out prompts"
      ]
    case .base: return try training.base({ try working("merging", $0, $1) }, observe)
    case .sft: return try training.supervised(observe)
    case .reward:
      return try training.reward(observe)
        + QuickstartRewardQuality(recipe: recipe, layout: layout)
        .measure { try working($0, $1, $2) }
    case .dpo: return try training.preference(observe)
    case .ppo: return try await training.policy(observe)
    case .comparison:
      return try QuickstartComparison(recipe: recipe, layout: layout).run(working)
    }
  }
}

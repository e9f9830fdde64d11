internal import Foundation
internal import Reports
internal import RunRecords
public import Trainers

/// One turn after another: feedback and annotations → reward model → training → gate → candidate.
///
///     let loop = Loop(project, environment: environment)
///     let turn = try await loop.run { event in … }
///
/// Each stage has a folder with a record of what it was made from and what it made. A command goes on with the
/// first stage that is not done; the policy in use is read and never changed.
public struct Loop {
  /// Who is told what happens, and may stop it.
  public typealias Observer = (LoopEvent) throws -> TrainingDisposition

  private let project: LoopProject
  private let environment: LoopEnvironment

  /// Describes a loop.
  ///
  /// - Parameters:
  ///   - project: What it is made of.
  ///   - environment: What it needs of the program around it.
  public init(_ project: LoopProject, environment: LoopEnvironment) {
    (self.project, self.environment) = (project, environment)
  }

  /// The last turn as it stands; `nil` before the first.
  ///
  /// - Throws: ``LoopError``.
  public func lastTurn() throws -> LoopTurn? {
    let turns = LoopTurns(out: project.out)
    try turns.check(project.name)
    return try turns.numbers.last.map { try turn(work(on: $0, LoopDigests())) }
  }

  /// Goes on with the last turn, or with a new one where it is finished.
  ///
  /// - Parameters:
  ///   - last: The stage after which it stops.
  ///   - isNew: Whether a new turn is begun whatever the last one has come to.
  ///   - redoes: Whether stages of the last turn whose inputs have changed are done again.
  ///   - observe: Told of all that happens; may stop it.
  /// - Returns: The turn, with a gate that was passed or not.
  /// - Throws: ``LoopError``, and what stages throw.
  public func run(
    through last: LoopStage = .candidate, isNew: Bool = false, redoes: Bool = false,
    observe: Observer
  ) async throws -> LoopTurn {
    guard FileManager.default.fileExists(atPath: project.policy) else {
      throw LoopError.missing(path: project.policy, what: "model directory")
    }
    let turns = LoopTurns(out: project.out)
    let lock = try turns.open(for: project.name)
    defer { withExtendedLifetime(lock) {} }
    let digests = LoopDigests()
    let earlier = turns.numbers.last
    let number = try LoopTurns.choice(after: earlier, isNew: isNew, redoes: redoes) { last in
      let work = self.work(on: last, digests)
      return LoopTurns.state(
        of: try ledger(work).records(),
        hasPage: FileManager.default.fileExists(atPath: work.layout.page))
    }
    let work = self.work(on: number, digests)
    try ledger(work).removeLeftovers()
    _ = try observe(.turn(number, isNew: number != earlier))
    if let earlier, number != earlier, let note = try note(on: self.work(on: earlier, digests)) {
      _ = try observe(.note(note))
    }
    for stage in last.before + [last] {
      let record = try await finish(stage, work, redoes: redoes, observe)
      if record.passed == false { break }
    }
    let turn = try self.turn(work)
    let page = LoopPage(turn, layout: work.layout).page(footer: environment.footer)
    try AtomicFile.write(page.rendered(), to: work.layout.page)
    return turn
  }

  private func work(on turn: Int, _ digests: LoopDigests) -> LoopWork {
    LoopWork(
      project: project, layout: LoopLayout(out: project.out, turn: turn),
      environment: environment, digests: digests)
  }

  private func ledger(_ work: LoopWork) -> LoopLedger {
    LoopLedger(layout: work.layout, digest: work.digests.digest)
  }

  private func turn(_ work: LoopWork) throws -> LoopTurn {
    LoopTurn(project: project.name, layout: work.layout, records: try ledger(work).records())
  }

  /// What is to be known where a turn begins from the same policy as one before it that made a candidate.
  private func note(on earlier: LoopWork) throws -> String? {
    guard let offered = try? LoopCandidate(contentsOf: earlier.layout.candidate),
      offered.policy.fingerprint == (try earlier.digests.digest(project.policy))
    else { return nil }
    return
      "the policy is the one that turn \(offered.turn) began from; once its candidate is promoted, "
      + "name \(earlier.layout.model) as 'policy'"
  }

  /// Does a stage unless it is done.
  private func finish(
    _ stage: LoopStage, _ work: LoopWork, redoes: Bool, _ observe: Observer
  ) async throws -> LoopStageRecord {
    let ledger = self.ledger(work)
    let inputs = try work.inputs(of: stage)
    switch try ledger.standing(of: stage, inputs: inputs) {
    case .finished(let record):
      _ = try observe(.found(record))
      return record
    case .changed(let names) where !redoes:
      throw LoopError.changed(stage, turn: work.layout.turn, names: names)
    case .begun where stage.goesOn: break
    case .absent, .begun, .changed:
      // Data are removed when there are others, and enough of them.
      if stage != .data { try clear(from: stage, of: work) }
    }
    _ = try observe(.began(stage))
    let clock = ContinuousClock.now
    var (record, outputs) = try await done(stage, work, inputs, observe)
    record.seconds = (ContinuousClock.now - clock) / .seconds(1)
    work.digests.forget(work.layout.root)
    record = try ledger.finish(record, outputs: outputs, now: environment.now())
    _ = try observe(.finished(record))
    return record
  }

  /// Removes a stage and those after it, unless the project is made of something among them.
  private func clear(from stage: LoopStage, of work: LoopWork) throws {
    if let path = project.sources.first(where: work.layout.holds) {
      throw LoopError.ownSource(path: path, turn: work.layout.turn)
    }
    try ledger(work).clear(from: stage)
    work.digests.forget(work.layout.root)
  }

  private func done(
    _ stage: LoopStage, _ work: LoopWork, _ inputs: [String: String], _ observe: Observer
  ) async throws -> (LoopStageRecord, outputs: [String]) {
    let ledger = self.ledger(work)
    guard stage == .data else {
      guard let data = try ledger.record(of: .data) else {
        preconditionFailure("data come first")
      }
      var record =
        try ledger.record(of: stage)
        ?? LoopStageRecord(
          stage, turn: work.layout.turn, lineage: data.lineage, started: environment.now(),
          inputs: inputs)
      try ledger.begin(record)
      let outputs = try await work.work(&record, observe)
      return (record, outputs)
    }
    let data = try LoopSources(project: project).data { done, total in
      if try observe(.working("reading", done: done, total: total)) == .stop {
        throw LoopError.stopped(stage, turn: work.layout.turn)
      }
    }
    try data.check(minimum: project.minimumPairs, share: project.heldOut)
    let lineage = LoopLineage(
      project: project.name, turn: work.layout.turn,
      policy: try work.digests.digest(project.policy), data: data.digest)
    var record = LoopStageRecord(
      stage, turn: work.layout.turn, lineage: lineage, started: environment.now(), inputs: inputs)
    try clear(from: .data, of: work)
    try ledger.begin(record)
    let outputs = try work.write(data, &record)
    return (record, outputs)
  }
}

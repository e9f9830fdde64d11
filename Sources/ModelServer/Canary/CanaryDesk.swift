public import Monitoring
internal import Synchronization

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Where a server asks who answers, and reports what came of it: a `CanaryState` that many tasks share and
/// that outlives the process.
///
///     let desk = try CanaryDesk(plan, folder: "canary", registry: registry) { log("\($0)") }
///     let exposure = desk.exposure(of: "user 17")                      // at each request
///     desk.record(CanaryEvent(.answered, of: exposure), at: now)
///     try desk.tick(at: now)                                           // about once a second
///
/// A decision is logged and saved at once; between decisions ``tick(at:)`` saves what was counted, at most
/// once a second, so that a kill loses a second of counts and no decision. A decision against the
/// candidate is followed even where it cannot be logged, and logged as soon as it can be; any other is not
/// made then.
public final class CanaryDesk: Sendable {
  private struct Contents {
    var state: CanaryState
    /// All that were made, oldest first.
    var decisions: [CanaryDecision]
    /// How many of the last ones are not in the log yet.
    var unlogged = 0
    /// Whether there is anything to save.
    var isChanged = false
  }

  private let folder: CanaryFolder
  private let contents: Mutex<Contents>
  /// When it was saved last; held while it is, so that an older state never replaces a newer one.
  private let saving: Mutex<Date>
  private let metrics: CanaryMetrics
  private let onDecision: @Sendable (CanaryDecision) -> Void

  /// Takes up a canary where it was left.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - folder: Where its files are; it is made where it is not there, and held.
  ///   - registry: The metrics of the server.
  ///   - onDecision: Is told of each decision, on whichever thread made it.
  /// - Throws: ``CanaryFolderError``, or `RunRecordError` where files cannot be opened.
  public init(
    _ plan: CanaryPlan, folder: String, registry: MetricsRegistry,
    onDecision: @escaping @Sendable (CanaryDecision) -> Void
  ) throws {
    self.folder = try CanaryFolder(folder)
    let found = try self.folder.contents(for: plan)
    contents = Mutex(Contents(state: found.state, decisions: found.decisions, isChanged: true))
    saving = Mutex(.distantPast)
    metrics = CanaryMetrics(registry, from: found.state)
    self.onDecision = onDecision
  }

  /// Who answers a request.
  ///
  /// - Parameters:
  ///   - unit: What stays with one model: the id of a user, of a session, or of a request that has
  ///     neither.
  ///   - arm: Who is to answer whatever the share is, for tests; what comes of it is not counted.
  /// - Returns: The assignment, to be kept with the response's id.
  public func exposure(of unit: String, forced arm: CanaryArm? = nil) -> CanaryExposure {
    contents.withLock { $0.state.exposure(of: unit, forced: arm) }
  }

  /// Takes in what became known of an answer.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - time: The present moment.
  /// - Returns: The rollback, if there is one.
  @discardableResult
  public func record(_ event: CanaryEvent, at time: Date) -> CanaryDecision? {
    let decision = contents.withLock { contents in
      contents.isChanged = true
      guard let decision = contents.state.record(event, at: time) else {
        return nil as CanaryDecision?
      }
      add(decision, to: &contents)
      return decision
    }
    if let decision { announce(decision, at: time) }
    return decision
  }

  /// Goes on to the next step if this one is over, and saves what was counted if that is a second old.
  ///
  /// It waits for the disk, for some milliseconds.
  ///
  /// - Parameter time: The present moment.
  /// - Returns: The decision, if there is one.
  /// - Throws: What kept it from being logged or saved; the next call tries again.
  @discardableResult
  public func tick(at time: Date) throws -> CanaryDecision? {
    let decision = try contents.withLock { contents in
      try log(&contents)
      return try decide(&contents) { $0.advance(at: time) }
    }
    if let decision { announce(decision, at: time) }
    metrics.update(to: state)
    let isDue = saving.withLock { abs(time.timeIntervalSince($0)) >= 1 }
    if isDue { try save(at: time) }
    return decision
  }

  /// Does what a person asks for.
  ///
  /// - Parameters:
  ///   - command: What is asked for.
  ///   - time: The present moment.
  /// - Returns: The decision; `nil` where the candidate is to be stopped and is out of use already.
  /// - Throws: `CanaryError` where the canary does not stand there, or what kept it from being logged.
  @discardableResult
  public func carryOut(_ command: CanaryCommand, at time: Date) throws -> CanaryDecision? {
    let decision = try contents.withLock { contents in
      try decide(&contents) { state in
        switch command {
        case .begin: try state.begin(at: time)
        case .promote(let reason): try state.promote(because: reason, at: time)
        case .rollBack(let reason): try state.rollBack(because: reason, at: time)
        case .stop: state.stop(at: time)
        }
      }
    }
    if let decision { announce(decision, at: time) }
    return decision
  }

  /// Saves what was counted since the last time: for the end of the process.
  ///
  /// - Parameter time: The present moment.
  /// - Throws: What kept it from being saved.
  public func save(at time: Date) throws {
    try saving.withLock { last in
      let (state, logged, isChanged) = contents.withLock { contents in
        defer { contents.isChanged = false }
        return (
          contents.state, contents.decisions.count - contents.unlogged, contents.isChanged
        )
      }
      guard isChanged else { return }
      do {
        try folder.save(state, decisions: logged)
        last = time
      } catch {
        contents.withLock { $0.isChanged = true }
        throw error
      }
    }
  }

  /// The canary as it is now.
  public var state: CanaryState { contents.withLock { $0.state } }

  /// All decisions, oldest first.
  public var decisions: [CanaryDecision] { contents.withLock { $0.decisions } }

  /// The canary at one moment.
  ///
  /// - Parameter time: The moment.
  /// - Returns: What is to be shown of it.
  public func snapshot(at time: Date) -> CanarySnapshot {
    contents.withLock { CanarySnapshot($0.state, decisions: $0.decisions, at: time) }
  }

  /// Makes a decision, if there is one to make, and logs it; one that cannot be logged is taken back,
  /// unless it takes the candidate out of use.
  private func decide(
    _ contents: inout Contents, _ change: (inout CanaryState) throws -> CanaryDecision?
  ) throws -> CanaryDecision? {
    let before = contents.state
    guard let decision = try change(&contents.state) else { return nil }
    if decision.to.isOutOfUse {
      add(decision, to: &contents)
      return decision
    }
    do {
      try log(&contents)
      try folder.append(decision)
    } catch {
      contents.state = before
      throw error
    }
    contents.decisions.append(decision)
    contents.isChanged = true
    return decision
  }

  /// Adds a decision that stands whether it can be logged or not.
  private func add(_ decision: CanaryDecision, to contents: inout Contents) {
    contents.decisions.append(decision)
    contents.unlogged += 1
    contents.isChanged = true
    // What does not work now is tried again, and said, by the next tick.
    try? log(&contents)
  }

  /// Logs what is not logged yet.
  private func log(_ contents: inout Contents) throws {
    while contents.unlogged > 0 {
      try folder.append(contents.decisions[contents.decisions.count - contents.unlogged])
      contents.unlogged -= 1
      contents.isChanged = true
    }
  }

  /// Saves the state that follows from a decision, and tells of it.
  private func announce(_ decision: CanaryDecision, at time: Date) {
    // It is in the log, from which it would be taken in again; the next tick saves, or says why not.
    try? save(at: time)
    metrics.update(to: state)
    metrics.count(decision)
    onDecision(decision)
  }
}

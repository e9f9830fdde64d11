internal import Synchronization

/// Does one job at a time on a thread of its own, and tells whoever asked for it what comes of it.
///
/// A job ends early when nobody listens any more: the thread notices at its next report. A second job is
/// refused meanwhile, except after one that nobody listens to; it then waits for that one's end.
public final class StudioEngine: Sendable {
  /// Whether there is a model to work with.
  public enum Readiness: Sendable, Hashable {
    /// Not yet.
    case preparing(StudioProgress)
    /// There is.
    case ready
    /// There will be none, and why.
    case failed(String)
  }

  private let desk = EngineDesk()
  private let jobs: AsyncStream<PostedJob>.Continuation
  private let work: Task<Void, Never>

  /// Starts the engine, which makes itself ready at once.
  ///
  /// - Parameter makeWorkshop: Makes what does the work; called on the engine's thread.
  public init(_ makeWorkshop: @escaping @Sendable () throws -> any Workshop) {
    let (stream, jobs) = AsyncStream<PostedJob>.makeStream()
    let (desk, thread) = (self.desk, EngineThread())
    self.jobs = jobs
    work = Task(executorPreference: thread) {
      await Self.work(through: stream, at: desk, makeWorkshop)
      thread.end()
    }
  }

  deinit {
    desk.close()
    jobs.finish()
  }

  /// Whether there is a model to work with.
  public var readiness: Readiness { desk.readiness }

  /// Begins a job.
  ///
  /// - Parameter job: What is to be done.
  /// - Returns: What comes of it. Whoever stops to listen ends the job.
  /// - Throws: ``StudioError`` where the engine is not ready, or at another job.
  public func begin(
    _ job: StudioJob
  ) throws(StudioError) -> AsyncThrowingStream<StudioUpdate, any Error> {
    let (updates, listener) = AsyncThrowingStream<StudioUpdate, any Error>.makeStream()
    let posted = PostedJob(job, for: listener)
    try desk.take(posted)
    jobs.yield(posted)
    return updates
  }

  /// Lets the job under way end at its next report, and returns once the thread is idle for good.
  public func end() async {
    close()
    await work.value
  }

  /// Tells everybody who listens that nothing more comes, and takes no more jobs.
  public func close() {
    desk.close()
    jobs.finish()
  }

  private static func work(
    through jobs: AsyncStream<PostedJob>, at desk: EngineDesk,
    _ makeWorkshop: @Sendable () throws -> any Workshop
  ) async {
    let workshop: any Workshop
    do {
      workshop = try makeWorkshop()
      try await workshop.prepare { try desk.note($0) }
      desk.open()
    } catch {
      desk.fail(error)
      return
    }
    for await posted in jobs {
      do {
        try posted.check()
        try await workshop.run(posted.job) { update in
          try posted.check()
          posted.listener.yield(update)
        }
        desk.finish(posted, error: nil)
      } catch {
        desk.finish(posted, error: error)
      }
    }
  }
}

/// A job with who listens to it.
final class PostedJob: Sendable {
  let job: StudioJob
  let listener: AsyncThrowingStream<StudioUpdate, any Error>.Continuation
  private let isAbandonedFlag = Atomic(false)

  init(_ job: StudioJob, for listener: AsyncThrowingStream<StudioUpdate, any Error>.Continuation) {
    self.job = job
    self.listener = listener
    // The listener keeps what is called then, and would keep itself.
    listener.onTermination = { [weak self] _ in
      self?.isAbandonedFlag.store(true, ordering: .releasing)
    }
  }

  var isAbandoned: Bool { isAbandonedFlag.load(ordering: .acquiring) }

  func check() throws {
    if isAbandoned { throw CancellationError() }
  }
}

/// What is known on all threads of an engine: whether it is ready, and what it is at.
final class EngineDesk: Sendable {
  private struct State {
    var readiness = StudioEngine.Readiness.preparing(StudioProgress("starting"))
    var current: PostedJob?
    var isClosed = false
  }

  private let state = Mutex(State())

  var readiness: StudioEngine.Readiness { state.withLock(\.readiness) }

  func note(_ progress: StudioProgress) throws {
    let isClosed = state.withLock { state in
      state.readiness = .preparing(progress)
      return state.isClosed
    }
    if isClosed { throw CancellationError() }
  }

  func open() { state.withLock { $0.readiness = .ready } }

  func fail(_ error: any Error) {
    let reason = error is CancellationError ? "the studio is closing" : "\(error)"
    state.withLock { $0.readiness = .failed(reason) }
  }

  func take(_ job: PostedJob) throws(StudioError) {
    try state.withLock { state throws(StudioError) in
      switch state.readiness {
      case .preparing: throw .preparing
      case .failed(let reason): throw .failed(reason)
      case .ready: break
      }
      if state.isClosed { throw .failed("the studio is closing") }
      if let current = state.current, !current.isAbandoned { throw .busy }
      state.current = job
    }
  }

  /// Makes room for the next job before this one's listener learns of the end.
  func finish(_ job: PostedJob, error: (any Error)?) {
    state.withLock { state in
      if state.current === job { state.current = nil }
    }
    job.listener.finish(throwing: error)
  }

  func close() {
    let current = state.withLock { state in
      state.isClosed = true
      return state.current
    }
    current?.listener.finish(throwing: StudioError.failed("the studio is closing"))
  }
}

internal import Dispatch
internal import Sampling
internal import Synchronization

/// What tasks hand to the engine's thread.
final class EngineInbox: Sendable {
  /// A job with its number.
  struct Entry: Sendable {
    let number: Int
    let job: GenerationJob
    let generation: Generation
  }

  /// What has come since the thread looked last.
  struct Content {
    var entries: [Entry] = []
    var cancelled: Set<Int> = []
    var tasks: [@Sendable (EngineModels) -> Void] = []
    var isStopping = false
    /// Somebody who was behind has caught up.
    var hasCaughtUp = false

    var isEmpty: Bool {
      entries.isEmpty && cancelled.isEmpty && tasks.isEmpty && !isStopping && !hasCaughtUp
    }
  }

  private struct State {
    var content = Content()
    var load = EngineLoad()
    var jobs = 0
  }

  private let state = Mutex(State())
  private let arrival = DispatchSemaphore(value: 0)
  private let maxWaiting: Int

  init(maxWaiting: Int) { self.maxWaiting = maxWaiting }

  var load: EngineLoad { state.withLock(\.load) }

  // MARK: For tasks

  func submit(_ job: GenerationJob) throws(EngineRefusal) -> Generation {
    let result = state.withLock { state -> Result<Generation, EngineRefusal> in
      if state.content.isStopping { return .failure(.stopping) }
      guard state.load.waiting + job.sequences.count <= maxWaiting else { return .failure(.full) }
      let number = state.jobs
      let generation = Generation { [weak self] in
        self?.cancel(number)
      } onCaughtUp: { [weak self] in
        self?.goOn()
      }
      state.jobs += 1
      state.load.waiting += job.sequences.count
      state.content.entries.append(Entry(number: number, job: job, generation: generation))
      return .success(generation)
    }
    arrival.signal()
    return try result.get()
  }

  /// - Returns: Whether the task will be done.
  func submit(_ task: @escaping @Sendable (EngineModels) -> Void) -> Bool {
    let isTaken = state.withLock { state in
      if !state.content.isStopping { state.content.tasks.append(task) }
      return !state.content.isStopping
    }
    arrival.signal()
    return isTaken
  }

  func stop() {
    state.withLock { $0.content.isStopping = true }
    arrival.signal()
  }

  private func cancel(_ number: Int) {
    state.withLock { _ = $0.content.cancelled.insert(number) }
    arrival.signal()
  }

  private func goOn() {
    state.withLock { $0.content.hasCaughtUp = true }
    arrival.signal()
  }

  // MARK: For the engine's thread

  /// Takes what has come.
  ///
  /// - Parameter isIdle: Whether to wait until something has.
  /// - Returns: What has come.
  func take(waiting isIdle: Bool) -> Content {
    while true {
      let content = state.withLock { state in
        defer {
          let isStopping = state.content.isStopping
          state.content = Content()
          state.content.isStopping = isStopping
        }
        return state.content
      }
      guard content.isEmpty, isIdle else { return content }
      arrival.wait()
    }
  }

  /// Says what there is to do.
  ///
  /// - Parameters:
  ///   - running: Sequences that are being sampled.
  ///   - left: Sequences that have left the queue.
  ///   - cacheUsage: How much of the caches is in use.
  func tell(running: Int, left: Int, cacheUsage: Double) {
    state.withLock { state in
      state.load.running = running
      state.load.waiting -= left
      state.load.cacheUsage = cacheUsage
    }
  }
}

internal import Foundation
internal import Synchronization

/// A thread on which a task runs from start to end: the engine keeps threads and settings by the thread
/// that calls it, so that one must do all of its work.
final class EngineThread: TaskExecutor {
  private struct Waiting {
    var jobs: [UnownedJob] = []
    var isOver = false
  }

  private let waiting = Mutex(Waiting())
  private let arrivals = DispatchSemaphore(value: 0)

  /// Starts the thread, which ends after ``end()``.
  init() {
    let thread = Thread { [self] in
      while runNextJob() {}
    }
    thread.name = "attune studio"
    // Backward passes go deep.
    thread.stackSize = 16 << 20
    thread.start()
  }

  /// Takes a job, from whatever thread.
  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    waiting.withLock { $0.jobs.append(job) }
    arrivals.signal()
  }

  /// Lets the thread end once there is nothing left to do.
  func end() {
    waiting.withLock { $0.isOver = true }
    arrivals.signal()
  }

  /// Waits for a job and runs it. Whether there may be another one.
  private func runNextJob() -> Bool {
    arrivals.wait()
    let job = waiting.withLock { waiting -> UnownedJob? in
      waiting.jobs.isEmpty ? nil : waiting.jobs.removeFirst()
    }
    guard let job else { return !waiting.withLock(\.isOver) }
    job.runSynchronously(on: asUnownedTaskExecutor())
    return true
  }
}

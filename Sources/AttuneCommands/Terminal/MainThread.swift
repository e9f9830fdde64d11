import Dispatch
import Synchronization

/// Runs asynchronous code on the thread that calls ``run(_:)``: the main thread, from start to end.
///
/// The main actor is no substitute. On Linux its code leaves the main thread at the first `await`
/// that suspends, and goes on wherever there is room; but the engine keeps threads and settings by
/// the thread that calls it, so that one must do all of its work.
final class MainThread: TaskExecutor {
  private let jobs = Mutex<[UnownedJob]>([])
  private let waiting = DispatchSemaphore(value: 0)
  private let status = Mutex<Int32?>(nil)

  private init() {}

  /// Runs a body to its end, and what it awaits, as far as that has no actor of its own.
  ///
  /// - Parameter body: What is done.
  /// - Returns: What it returns.
  static func run(_ body: @escaping @Sendable () async -> Int32) -> Int32 {
    let thread = MainThread()
    Task(executorPreference: thread) {
      let status = await body()
      thread.status.withLock { $0 = status }
    }
    while true {
      thread.runNextJob()
      if let status = thread.status.withLock({ $0 }) { return status }
    }
  }

  /// Takes a job, from whatever thread.
  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    waiting.signal()
  }

  private func runNextJob() {
    waiting.wait()
    let job = jobs.withLock { $0.removeFirst() }
    job.runSynchronously(on: asUnownedTaskExecutor())
  }
}

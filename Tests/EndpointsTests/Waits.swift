import Endpoints
import Synchronization

/// The waits that a policy asked for, instead of waiting.
final class Waits: Sendable {
  private let waits = Mutex<[Duration]>([])

  var all: [Duration] { waits.withLock { $0 } }

  func policy(attempts: Int = 4, random: Double = 0) -> RetryPolicy {
    RetryPolicy(
      attempts: attempts, random: { random },
      sleep: { wait in self.waits.withLock { $0.append(wait) } })
  }
}

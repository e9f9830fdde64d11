import Dispatch
import Foundation
import Testing

@testable import AttuneCommands

@Suite("Asynchronous code on one thread")
struct MainThreadTests {
  @Test("after whatever is awaited, it goes on where it began")
  func oneThread() async {
    let status = await withCheckedContinuation { continuation in
      // A thread of its own, since it waits on it for what others do.
      Thread.detachNewThread {
        continuation.resume(returning: MainThread.run(Self.countStrangers))
      }
    }
    #expect(status == 0)
  }

  /// How often it finds itself on another thread than at first.
  private static func countStrangers() async -> Int32 {
    let first = pthread_self()
    var strangers: Int32 = 0
    func look() { if pthread_equal(pthread_self(), first) == 0 { strangers += 1 } }
    for _ in 0..<20 {
      await withCheckedContinuation { continuation in
        DispatchQueue.global().async { continuation.resume() }
      }
      look()
    }
    try? await Task.sleep(for: .milliseconds(2))
    look()
    return strangers
  }
}

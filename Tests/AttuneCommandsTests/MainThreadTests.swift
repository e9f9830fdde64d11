import Dispatch
import Foundation
import Testing

@testable import AttuneCommands

@Suite("Asynchronous code on one thread")
struct MainThreadTests {
  @Test("after whatever is awaited, it goes on where it began")
  func oneThread() {
    let caller = pthread_self()
    let status = MainThread.run {
      var strangers: Int32 = 0
      func look() async { if pthread_equal(pthread_self(), caller) == 0 { strangers += 1 } }
      await look()
      for _ in 0..<20 {
        await withCheckedContinuation { continuation in
          DispatchQueue.global().async { continuation.resume() }
        }
        await look()
      }
      try? await Task.sleep(for: .milliseconds(2))
      await look()
      return strangers
    }
    #expect(status == 0)
  }
}

import Synchronization
import Testing
import Trainers

@testable import AttuneCommands

@Suite("The live line of a pipeline's part")
struct ActivityLineTests {
  @Test("a reference whose numbers are all cached is not told of")
  func cachedReference() {
    let written = Mutex("")
    let line = ActivityLine(
      TerminalProgress(display: .plain(every: 1)) { text in written.withLock { $0 += text } })
    line.show(.referenceScored(done: 0, total: 0, cached: 40), "pairs")
    #expect(written.withLock(\.self).isEmpty)
    line.show(.referenceScored(done: 5, total: 5, cached: 35), "pairs")
    #expect(written.withLock { $0.hasPrefix("attune: reference 5/5 (100%)") })
  }
}

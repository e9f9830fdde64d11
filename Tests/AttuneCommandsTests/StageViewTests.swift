import Synchronization
import Testing
import Trainers

@testable import AttuneCommands

@Suite("The parts of a pipeline on a terminal")
struct StageViewTests {
  private final class Screen: Sendable {
    private let text = Mutex("")
    var lines: [Substring] { text.withLock { $0 }.split(separator: "\n") }
    func write(_ text: String) { self.text.withLock { $0 += text } }
  }

  private enum Part: CaseIterable { case data, model, gate }

  private let screen = Screen()
  private let view: StageView

  init() {
    view = StageView(
      TerminalProgress(display: .plain(every: 2), write: { [screen] in screen.write($0) }),
      color: .off)
  }

  @Test("a part has its place among all of them")
  func numbers() {
    #expect(Part.data.numbered("data") == "1/3 data")
    #expect(Part.gate.numbered("the gate") == "3/3 the gate")
  }

  @Test("a heading, how far it is, what it came to and how long it took")
  func part() {
    view.say("turn 2")
    view.begin("1/3 data")
    view.show("reading", 2, 4)
    view.show(.note("no checkpoint was saved yet"), "pairs")
    view.tell(["4 pairs", "2 prompts"], seconds: 11.6)
    view.quote("harm", "no\nnever")
    view.found("2/3 model")
    view.tell(seconds: nil)
    let lines = screen.lines.map(String.init)
    #expect(
      lines.filter { !$0.contains("reading") } == [
        "attune: turn 2", "1/3 data", "    no checkpoint was saved yet", "    4 pairs",
        "    2 prompts", "    12 s", "    harm: no ⏎ never", "2/3 model (done before)",
      ])
    #expect(lines.contains { $0.contains("reading 2/4") })
  }
}

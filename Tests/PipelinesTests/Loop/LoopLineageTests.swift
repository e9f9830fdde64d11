import Foundation
import Testing

@testable import Pipelines

@Suite("The lineage of a turn")
struct LoopLineageTests {
  private func lineage(
    _ project: String = "helpful", _ turn: Int = 1, _ policy: String = "aa", _ data: String = "bb"
  ) -> LoopLineage {
    LoopLineage(project: project, turn: turn, policy: policy, data: data)
  }

  @Test("it is the beginning of a digest that another program computes too")
  func known() {
    #expect(lineage().description == "45af436d8ff9f913")
    #expect(lineage("helpful", 2).description == "55d1d9d3633eeb72")
  }

  @Test("whatever a turn is made of decides it")
  func parts() {
    let all = [
      lineage(), lineage("harmless"), lineage("helpful", 2), lineage("helpful", 1, "ab"),
      lineage("helpful", 1, "aa", "bc"),
    ]
    #expect(Set(all).count == 5)
  }

  @Test("it is a text in files")
  func coding() throws {
    let bytes = try JSONEncoder().encode([lineage()])
    #expect(String(decoding: bytes, as: UTF8.self) == "[\"45af436d8ff9f913\"]")
    #expect(try JSONDecoder().decode([LoopLineage].self, from: bytes) == [lineage()])
  }
}

import Foundation
import Reports
import Testing

@Suite("Samples, code, details and trends")
struct ReportBlockTests {
  private let attack = "<script>alert(1)</script>"

  private func page(_ blocks: [ReportBlock]) -> String {
    HTMLPage(title: "t", subtitle: "s", sections: [.init("a", blocks)], footer: "f").rendered()
  }

  @Test("what models say is text, wherever it stands")
  func escaping() throws {
    let page = page([
      .samples([
        ReportSample(
          prompt: attack,
          answers: [
            .init(attack, attack, detail: attack, prompt: attack), .init("after", "line\nline"),
          ])
      ]),
      .code(attack), .details(attack, [.paragraph(attack), .code("b")]),
    ])
    #expect(!page.contains("<script"))
    #expect(page.components(separatedBy: "&lt;script&gt;alert(1)&lt;/script&gt;").count == 9)
    #expect(page.contains("<p class=\"said\">line\nline</p>"))
    try expectWellFormed(page)
  }

  @Test(
    "a prompt stands above all answers or above its own; what was not said is said to be nothing")
  func samples() {
    let shared = page([.samples([.init(prompt: "Q", answers: [.init("a", ""), .init("b", "B")])])])
    #expect(shared.components(separatedBy: "<p class=\"prompt\">Q</p>").count == 2)
    #expect(shared.contains("<p class=\"said nothing\">nothing</p>"))
    #expect(shared.contains("<p class=\"said\">B</p>"))
    #expect(!shared.contains("<p class=\"detail\">"))
    let apart = page([
      .samples([
        .init(prompt: nil, answers: [.init("a", "A", prompt: "P"), .init("b", "B", prompt: "Q")])
      ])
    ])
    #expect(
      apart.contains("<p class=\"prompt\">P</p>") && apart.contains("<p class=\"prompt\">Q</p>"))
  }

  @Test("charts in details have names of their own")
  func names() {
    let figure = ReportFigure("f", summary: "s", chart: ChartTests.charts(of: [1, 2])[0])
    let page = page([
      .details("one", [.figure(figure), .figures([figure, figure])]), .figure(figure),
      .details("two", [.details("three", [.figure(figure)])]),
    ])
    let names = page.components(separatedBy: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(names.count == 32 && Set(names).count == names.count)
  }

  @Test("a word is set smaller than a number, so that it fits")
  func words() {
    let page = page([
      .tiles([.init("a", "suspicious", detail: ""), .init("b", "−0.12345", detail: "")])
    ])
    #expect(page.contains("<span class=\"value long\">suspicious</span>"))
    #expect(page.contains("<span class=\"value\">−0.12345</span>"))
  }

  @Test("a tile's trend is a line of its numbers, broken at those that are none")
  func trend() {
    func tile(_ trend: [Double]) -> String {
      page([.tiles([.init("a", "1", detail: "d", trend: trend)])])
    }
    #expect(tile([1, 2, 3]).contains("M2 22L60 12L118 2"))
    #expect(tile([5, 5]).contains("M2 12L118 12"))
    #expect(tile([1, 2, .nan, 2, 1]).components(separatedBy: "class=\"line s1\"").count == 3)
    for empty in [[], [1], [.nan, 1]] as [[Double]] {
      #expect(!tile(empty).contains("class=\"spark\""))
    }
  }
}

import Foundation
import Reports
import Testing

@Suite("HTML pages")
struct HTMLPageTests {
  private var table: ReportTable {
    var table = ReportTable([.words("kind"), .numbers("accuracy")])
    table.append(["<fact>", .init("61 %", tone: .alarming)])
    return table
  }

  private var page: HTMLPage {
    HTMLPage(
      title: "A & B", subtitle: "runs/<x>",
      opening: [.tiles([.init("accuracy", "64 %", detail: "±2", tone: .good)])],
      sections: [
        .init(
          "One", [.paragraph("1 < 2"), .note("Look", tone: .caution), .facts([.init("n", "5")])]),
        .init(
          "Two",
          [
            .table(table),
            .figures(
              ChartTests.charts(of: [1, 2]).map {
                .init("f", summary: "s", chart: $0)
              }),
          ]),
      ],
      footer: "made by a test")
  }

  @Test("everything is there, escaped and well-formed")
  func structure() throws {
    let text = page.rendered()
    #expect(text.hasPrefix("<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">"))
    #expect(text.contains("<title>A &amp; B · runs/&lt;x&gt;</title>"))
    #expect(text.contains("<p>1 &lt; 2</p>"))
    #expect(text.contains("<p class=\"note tone-caution\">Look</p>"))
    #expect(text.contains("<dt>n</dt><dd>5</dd>"))
    #expect(
      text.contains("<th scope=\"row\">&lt;fact&gt;</th><td class=\"n tone-alarming\">61 %</td>"))
    #expect(text.contains("<a href=\"#s2\">Two</a>") && text.contains("<section id=\"s2\""))
    #expect(text.contains("<span class=\"value\">64 %</span>"))
    try expectWellFormed(text)
  }

  @Test("nothing is fetched and nothing runs")
  func selfContained() {
    let text = page.rendered()
    for word in ["<script", "<link", "src=", "url(", "@import", "javascript:", " onload"] {
      #expect(!text.contains(word), "\(word)")
    }
    // The name of the namespace is the only address.
    let rest = text.replacingOccurrences(of: "xmlns=\"http://www.w3.org/2000/svg\"", with: "")
    #expect(!rest.contains("http"))
  }

  @Test("no name occurs twice")
  func names() {
    let names = page.rendered().components(separatedBy: " id=\"").dropFirst()
      .map { $0.prefix { $0 != "\"" } }
    #expect(names.count > 20 && Set(names).count == names.count)
  }

  @Test("the same page is the same bytes; one section needs no contents")
  func determinism() {
    #expect(page.rendered() == page.rendered())
    var short = page
    short.sections.removeLast()
    #expect(!short.rendered().contains("<nav"))
  }

  @Test("the sizes of a chart, the dark and paper are in the style sheet")
  func styleSheet() {
    let text = page.rendered()
    for rule in [
      "@media (prefers-color-scheme: dark)", "@container (max-width: 36rem)", "@media print",
      "container-type: inline-size",
    ] {
      #expect(text.contains(rule))
    }
  }
}

import Foundation
import Reports
import Testing

@Suite("Telling series apart")
struct SeriesMarkTests {
  private func line(_ name: String, _ heights: [Double], band: [ChartInterval] = []) -> ChartSeries
  {
    ChartSeries(
      name, heights.enumerated().map { ChartPoint(x: Double($0), y: $1) }, band: band)
  }

  private func page(_ chart: Chart) -> String {
    HTMLPage(
      title: "t", subtitle: "s",
      sections: [.init("a", [.figure(.init("f", summary: "s", chart: chart))])], footer: "f"
    ).rendered()
  }

  private func lines(_ series: [ChartSeries]) -> String {
    page(.lines(LineChart(series, x: ChartAxis("x"), y: ChartAxis("y"))))
  }

  /// The shape of the first mark of a colour in the legend: the steps of its path, or a circle.
  private func shapes(in page: String) throws -> [String] {
    try page.components(separatedBy: "<i aria-hidden").dropFirst().map { entry in
      let key = try #require(entry.components(separatedBy: "</i>").first)
      let path = key.components(separatedBy: "<path d=\"").last { $0.contains("class=\"dot") }
      guard let path else { return "circle" }
      return String(path.prefix { $0 != "\"" })
    }
  }

  @Test("each of eight lines has a colour and a shape that no other has together")
  func pairs() throws {
    let page = lines((0..<8).map { line("line \($0)", [Double($0), 1, 2]) })
    let shapes = try shapes(in: page)
    #expect(shapes.count == 8)
    let colors = (0..<8).map { $0 % 6 }
    #expect(Set(zip(colors, shapes).map { "\($0) \($1)" }).count == 8)
    #expect(Set(shapes.prefix(6)).count == 6)
    try expectWellFormed(page)
  }

  @Test("a line alone has neither marks nor a legend")
  func alone() {
    let page = lines([line("a", [1, 2, 3])])
    #expect(!page.contains("class=\"dot") && !page.contains("class=\"key\""))
  }

  @Test("a band is drawn behind its line, counts for the axis, and is broken where it is none")
  func band() throws {
    let whole = (0..<4).map { ChartInterval(x: Double($0), lower: -90, upper: 90) }
    let page = lines([line("a", [1, 2, 3, 4], band: whole)])
    #expect(page.components(separatedBy: "class=\"band s1\"").count == 4)
    #expect(page.contains(">100</text>") && page.contains(">−100</text>"))
    let svg = try #require(page.components(separatedBy: "<svg class=\"chart wide\"").last)
    let (band, line) = (svg.range(of: "class=\"band"), svg.range(of: "class=\"line"))
    #expect(try #require(band).lowerBound < #require(line).lowerBound)
    var broken = whole
    broken.insert(ChartInterval(x: 1.5, lower: .nan, upper: 1), at: 2)
    let gap = lines([self.line("a", [1, 2, 3, 4], band: broken)])
    #expect(gap.components(separatedBy: "class=\"band s1\"").count == 7)
    #expect(!lines([self.line("a", [1, 2])]).contains("class=\"band"))
  }

  @Test("of two distributions the second is an outline that ends on the axis")
  func outlines() throws {
    let page = page(
      .histogram(
        HistogramChart(
          [
            .init("early", edges: [0, 1, 2], heights: [3, 1]),
            .init("late", edges: [0, 1, 2], heights: [1, 3]),
          ], x: ChartAxis("x"), y: ChartAxis("n", format: .count))))
    #expect(page.components(separatedBy: "class=\"area s2\"").count == 1)
    let picture = try #require(
      page.components(separatedBy: "<svg class=\"chart wide\"").last?
        .components(separatedBy: "</svg>").first)
    let path = try #require(picture.components(separatedBy: "<path d=\"").last)
    #expect(path.contains("class=\"line s2\""))
    let numbers = path.prefix { $0 != "\"" }.split { "ML ".contains($0) }.compactMap { Double($0) }
    // Up, along one bin, along the other, down: the wide plot's axis is at 278, its top at 26.
    #expect(numbers.count == 12)
    #expect(numbers[1] == 278 && numbers[11] == 278)
    #expect(numbers[3] == numbers[5] && numbers[7] == 26 && numbers[9] == 26)
  }
}

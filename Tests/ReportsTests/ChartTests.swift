import Foundation
import Reports
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Charts")
struct ChartTests {
  /// One of each kind, of those numbers.
  static func charts(of values: [Double]) -> [Chart] {
    let points = values.enumerated().map { ChartPoint(x: Double($0), y: $1) }
    let swapped = points.map { ChartPoint(x: $0.y, y: $0.x) }
    let (x, y) = (ChartAxis("x"), ChartAxis("y"))
    return [
      .lines(
        LineChart(
          [ChartSeries("a", points), ChartSeries("b", swapped)], x: x, y: y,
          reference: values.first)),
      .scatter(
        ScatterChart(
          [ChartSeries("a", points)], x: x, y: y,
          trend: TrendLine(intercept: 0, slope: values.first ?? 1),
          curves: [ChartSeries("c", swapped)], reference: values.last)),
      .bars(BarChart(values.map { .init("bar", $0) }, axis: x)),
      .histogram(
        HistogramChart(
          [
            .init(
              "a", edges: values.isEmpty ? [] : [0] + values.indices.map { Double($0 + 1) },
              heights: values)
          ], x: x, y: ChartAxis("count", format: .count), reference: values.first)),
      .reliability(
        ReliabilityChart([
          .init(
            "a",
            values.map { .init(confidence: $0, accuracy: $0, lower: $0, upper: $0, count: 1) })
        ])),
      .intervals(
        IntervalChart(
          values.map { .init("row", value: $0, lower: $0 - 1, upper: $0 + 1) }, axis: x,
          reference: 0)),
    ]
  }

  private func page(_ chart: Chart) -> String {
    HTMLPage(
      title: "t", subtitle: "s",
      sections: [.init("a", [.figure(.init("A title", summary: "A summary", chart: chart))])],
      footer: "f"
    ).rendered()
  }

  @Test(
    "no picture holds a number that is none, however odd the data",
    arguments: [
      [], [0], [1, 2, 3], [.nan], [.infinity, -.infinity, 1], [5, 5, 5], [1e308, -1e308],
      [.leastNonzeroMagnitude, 1e-300], [-1, .nan, 1], [1e-9, 1e9, 1e18],
    ] as [[Double]])
  func oddData(values: [Double]) throws {
    for chart in Self.charts(of: values) {
      let page = page(chart)
      for word in ["NaN", "nan\"", "inf\"", "infinity", "e+", "e-3"] {
        #expect(!picture(in: page).lowercased().contains(word.lowercased()), "\(word) in \(chart)")
      }
      try expectWellFormed(page)
    }
  }

  @Test("a chart without data says so")
  func empty() {
    for chart in Self.charts(of: []) + Self.charts(of: [.nan]).prefix(2) {
      #expect(page(chart).contains(">no data</text>"))
    }
  }

  @Test("each figure is drawn in three sizes, which say what they show")
  func accessibility() {
    for chart in Self.charts(of: [0.6, 0.9]) {
      let page = page(chart)
      #expect(page.components(separatedBy: "<svg class=\"chart ").count == 4)
      #expect(page.components(separatedBy: ">A title</title>").count == 4)
      #expect(page.components(separatedBy: ">A summary</desc>").count == 4)
      #expect(page.contains("role=\"img\" aria-labelledby=\"s1-f0-wide-t s1-f0-wide-d\""))
      #expect(page.contains("viewBox=\"0 0 360 "))
    }
  }

  @Test("marks lie where their numbers do")
  func places() {
    // The vertical axis runs from 26 at the top to 278 at the bottom, the ticks are 0 to 1.
    let chart = Chart.lines(
      LineChart(
        [ChartSeries("a", [.init(x: 0, y: 0), .init(x: 1, y: 0.5), .init(x: 2, y: 1)])],
        x: ChartAxis("x", range: 0...2), y: ChartAxis("y", range: 0...1)))
    let path = page(chart).components(separatedBy: "<path d=\"")[1].prefix { $0 != "\"" }
    let numbers = path.split { "ML ".contains($0) }.compactMap { Double($0) }
    #expect(numbers.count == 6)
    #expect([numbers[1], numbers[3], numbers[5]] == [278, 152, 26])
    #expect(abs(numbers[2] - (numbers[0] + numbers[4]) / 2) < 0.011)
  }

  @Test("a line is broken where a number is missing")
  func gap() {
    let points = [1, 2, .nan, 3, 4].enumerated().map { ChartPoint(x: Double($0), y: $1) }
    let page = page(.lines(LineChart([ChartSeries("a", points)], x: .init("x"), y: .init("y"))))
    #expect(page.components(separatedBy: "class=\"line s1\"").count == 7)
  }

  @Test(
    "a curve with the name of its points has their colour, and one entry of the legend is for both")
  func curveOfSeries() {
    let points = [ChartPoint(x: 0, y: 0), .init(x: 2, y: 1)]
    let names = ["one", "two"]
    let chart = ScatterChart(
      names.map { ChartSeries($0, points) }, x: .init("x"), y: .init("y"),
      curves: ["two", "front"].map { ChartSeries($0, points) })
    let page = page(.scatter(chart))
    let entries = page.components(separatedBy: "<li>").dropFirst()
    #expect(entries.count == 3)
    for (entry, name) in zip(entries, ["one", "two", "front"]) {
      #expect(entry.contains("</i>\(name)</li>"))
      #expect(entry.contains("class=\"line") == (name != "one"))
    }
    let drawn = picture(in: page)
    #expect(drawn.contains("class=\"line s2\"") && drawn.contains("class=\"line s3\""))
    #expect(!drawn.contains("class=\"line s1\""))
  }

  @Test("a picture stands alone: well-formed, with title, legend and its own style")
  func standalonePicture() throws {
    let points = (0..<5).map { ChartPoint(x: Double($0), y: Double($0)) }
    let names = (1...12).map { "a series with the number \($0) & more" }
    let figure = ReportFigure(
      "<Title>", summary: "What it shows.",
      chart: .lines(
        LineChart(names.map { ChartSeries($0, points) }, x: .init("steps"), y: .init("nats"))))
    let picture = figure.picture()
    #expect(XMLParser(data: Data(picture.utf8)).parse())
    #expect(picture.hasPrefix("<svg xmlns=") && picture.hasSuffix("</svg>\n"))
    #expect(picture.contains("<title>&lt;Title&gt;</title>") && picture.contains("--s1: #"))
    for name in names { #expect(picture.contains(name.replacing("&", with: "&amp;"))) }
    // No entry of the legend is outside, at seven units a character.
    let entry = #/<text x="([0-9.]+)" y="([0-9.]+)">a series/#
    let places = picture.matches(of: entry).compactMap { Double($0.output.1) }
    #expect(places.count == 12 && places.allSatisfy { $0 + 7 * 33 < 752 })
    let heights = Set(picture.matches(of: entry).map(\.output.2))
    #expect(heights.count == 6)
  }

  @Test("curves run through points in the next colour, and a place of interest is dashed")
  func curves() {
    let chart = ScatterChart(
      [ChartSeries("seen", [.init(x: 0, y: 0), .init(x: 2, y: 1)])],
      x: ChartAxis("x", range: 0...2), y: ChartAxis("y", range: 0...1),
      curves: [ChartSeries("fitted", [.init(x: 0, y: 0), .init(x: 1, y: 0.5), .init(x: 2, y: 1)])],
      reference: 1)
    let whole = self.page(.scatter(chart))
    #expect(whole.contains("</i>seen</li>") && whole.contains("</i>fitted</li>"))
    let page = picture(in: whole)
    #expect(page.components(separatedBy: "class=\"line s2\"").count == 4)
    #expect(page.components(separatedBy: "class=\"dot s1\"").count == 7)
    let path = page.components(separatedBy: "<path d=\"")[1].prefix { $0 != "\"" }
    let numbers = path.split { "ML ".contains($0) }.compactMap { Double($0) }
    // The dashes stand where the curve has that place.
    let line = page.components(separatedBy: "class=\"reference\"")[0]
      .components(separatedBy: "<line x1=\"").last?.prefix { $0 != "\"" }
    #expect(line.flatMap { Double($0) } == numbers[2])
    let cloud = ChartSeries("many", (0..<101).map { .init(x: Double($0), y: 0) })
    #expect(
      self.page(.scatter(ScatterChart([cloud], x: .init("x"), y: .init("y"))))
        .contains("class=\"cloud s1\""))
  }

  @Test("several series have a legend, one has none; names are escaped")
  func legend() {
    let one = ChartSeries("<one>", [.init(x: 0, y: 0)])
    let two = ChartSeries("two & more", [.init(x: 1, y: 1)])
    func page(_ series: [ChartSeries]) -> String {
      self.page(.scatter(ScatterChart(series, x: .init("<x>"), y: .init("y"))))
    }
    #expect(!page([one]).contains("class=\"legend\""))
    let both = page([one, two])
    #expect(both.contains("</i>&lt;one&gt;</li>") && both.contains("</i>two &amp; more</li>"))
    #expect(both.contains(">&lt;x&gt;</text>") && !both.contains("<x>"))
  }

  private func picture(in page: String) -> String {
    page.components(separatedBy: "<svg class=\"chart").dropFirst().compactMap {
      $0.components(separatedBy: "</svg>").first
    }.joined()
  }
}

/// Checks that every element that was begun is ended, in the right order.
func expectWellFormed(_ page: String) throws {
  let body = try #require(page.components(separatedBy: "</style>").last)
  var open: [Substring] = []
  for tag in body.split(separator: "<").dropFirst() {
    let name = tag.prefix { $0.isLetter || $0.isNumber || $0 == "/" }
    if name.first == "/" {
      let last = open.popLast()
      if last == nil {
        #expect(["/head", "/html"].contains(name))
      } else if last != name.dropFirst() {
        Issue.record("</\(name.dropFirst())> ends \(last ?? "nothing")")
        return
      }
    } else {
      open.append(name)
    }
  }
  #expect(open.isEmpty)
}

/// A chart with what is said about it.
public struct ReportFigure: Sendable, Hashable {
  /// What it shows, in a few words.
  public var title: String
  /// What can be seen in it, also for who cannot see it.
  public var summary: String
  /// The chart.
  public var chart: Chart

  /// A figure.
  ///
  /// - Parameters:
  ///   - title: What it shows, in a few words.
  ///   - summary: What can be seen in it; it stands under the chart.
  ///   - chart: The chart.
  public init(_ title: String, summary: String, chart: Chart) {
    self.title = title
    self.summary = summary
    self.chart = chart
  }

  /// The figure with all sizes of its chart, of which the style sheet shows one.
  ///
  /// - Parameter id: A name that no other figure on the page has.
  /// - Returns: Title, legend, chart and caption.
  func markup(id: String) -> Markup {
    let pictures = ChartSize.allCases.map { size in
      chart.drawing(size).rendered(id: "\(id)-\(size.name)", title: title, summary: summary)
    }
    return .element(
      "figure", [:],
      .element("h3", [:], .text(title)), legend, pictures.joined,
      .element("figcaption", [:], .text(summary)))
  }

  private var legend: Markup {
    let entries = chart.legend
    if entries.isEmpty { return .empty }
    return .element("ul", ["class": "legend"], entries.map(\.markup))
  }
}

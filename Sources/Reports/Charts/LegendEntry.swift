/// A name beside what it is drawn with.
struct LegendEntry: Sendable {
  /// What stands for it in the chart.
  enum Key: Sendable { case line, markedLine, mark, area }

  let name: String
  let key: Key
  /// The place of the series, which its colour and its shape go by.
  let index: Int

  /// An item of the legend.
  var markup: Markup {
    .element(
      "li", [:], .element("i", ["aria-hidden": "true"], picture), .text(name))
  }

  private var picture: Markup { sign.inline("key", width: Self.width) }

  /// How wide the sign is.
  static let width = 26.0

  /// What it is drawn with.
  var sign: Drawing {
    let (width, height) = (Self.width, 12.0)
    let color = ChartColor(index)
    var drawing = Drawing(.narrow, height: height)
    if key == .area {
      drawing.rectangle(x: 7, y: 0, width: 12, height: height, "area \(color)")
    }
    if key == .line || key == .markedLine {
      drawing.path([(1, height / 2), (width - 1, height / 2)], "line \(color)")
    }
    if key == .mark || key == .markedLine {
      drawing.mark(ChartMark(index), at: (width / 2, height / 2), radius: 4, "dot \(color)")
    }
    return drawing
  }
}

extension Sequence<String> {
  /// Entries of series in order, all drawn alike.
  func legend(_ key: LegendEntry.Key, from first: Int = 0) -> [LegendEntry] {
    enumerated().map { LegendEntry(name: $1, key: key, index: first + $0) }
  }
}

extension ReportFigure {
  /// The figure as a picture that stands alone: title, legend and chart, light and dark.
  ///
  /// - Returns: An SVG document.
  public func picture() -> String {
    let drawing = chart.drawing(.wide)
    let margin = 16.0
    var top = margin + 32
    var opening: [Markup] = [
      .element(
        "text",
        ["x": Drawing.number(margin), "y": Drawing.number(margin + 8), "class": "heading"],
        .text(title))
    ]
    let rows = legendRows(width: drawing.size.width)
    for row in rows {
      var left = margin
      for entry in row {
        opening.append(entry.sign.placed(at: (left, top - 10), width: LegendEntry.width))
        opening.append(
          .element(
            "text",
            [
              "x": Drawing.number(left + LegendEntry.width + 7), "y": Drawing.number(top),
            ], .text(entry.name)))
        left += Self.width(of: entry)
      }
      top += 20
    }
    let (width, height) = (drawing.size.width + 2 * margin, top + drawing.height + margin)
    return Markup.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "role": "img", "width": Drawing.number(width),
        "height": Drawing.number(height),
        "viewBox": "0 0 \(Drawing.number(width)) \(Drawing.number(height))",
      ],
      .element("title", [:], .text(title)), .element("desc", [:], .text(summary)), .styleSheet,
      .element("rect", ["width": "100%", "height": "100%", "class": "paper"]),
      .element(
        "g", ["class": "chart"], opening + [drawing.placed(at: (margin, top))])
    ).source + "\n"
  }

  /// The legend in as many rows as it needs.
  private func legendRows(width: Double) -> [[LegendEntry]] {
    var rows: [[LegendEntry]] = []
    var room = 0.0
    for entry in chart.legend {
      let needed = Self.width(of: entry)
      if rows.isEmpty || needed > room {
        rows.append([])
        room = width
      }
      rows[rows.count - 1].append(entry)
      room -= needed
    }
    return rows
  }

  private static func width(of entry: LegendEntry) -> Double {
    LegendEntry.width + 7 + ChartSize.width(of: entry.name) + 18
  }
}

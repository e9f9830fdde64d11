internal import Reports

/// A cell of a table on the dashboard: the same on the page that is sent and in the message that renews it.
struct DashboardCell: Encodable {
  /// A value against a limit, drawn as a bar.
  struct Meter: Encodable {
    var value: Double
    var limit: Double
  }

  /// Values at equal distances, and what they are compared with, drawn as a line.
  struct Trend: Encodable {
    var values: [Double]
    var reference: Double?
  }

  var text = ""
  var tone = ReportTone.plain
  var meter: Meter?
  var trend: Trend?

  private enum CodingKeys: String, CodingKey { case text, tone, meter, trend }

  init(_ text: String, tone: ReportTone = .plain) { (self.text, self.tone) = (text, tone) }

  init(meter: Meter, text: String, tone: ReportTone) {
    (self.meter, self.text, self.tone) = (meter, text, tone)
  }

  init(trend values: [Double], reference: Double?) {
    // JSON has no word for what is not finite.
    trend = Trend(
      values: values.filter(\.isFinite), reference: reference.flatMap { $0.isFinite ? $0 : nil })
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(text, forKey: .text)
    if tone != .plain { try container.encode(tone.rawValue, forKey: .tone) }
    try container.encodeIfPresent(meter, forKey: .meter)
    try container.encodeIfPresent(trend, forKey: .trend)
  }

  /// What stands in the cell.
  var markup: Markup {
    if let trend { return Sparkline.picture(of: trend.values, reference: trend.reference) }
    guard let meter else { return .text(text) }
    return .element(
      "meter",
      [
        "min": "0", "max": "\(meter.limit)", "low": "\(meter.limit / 2)",
        "high": "\(meter.limit * Self.highShare)", "optimum": "0", "value": "\(meter.value)",
      ], .text(text))
  }

  /// From which share of a limit on a bar is drawn as alarming.
  static let highShare = 0.8
}

/// A table of the dashboard, whose rows come and go.
struct DashboardTable {
  /// By which scripts find it.
  let id: String
  /// What it shows, for who cannot see it.
  let caption: String
  let columns: [ReportTable.Column]
  /// What stands there while there are no rows.
  let nothing: String

  func markup(_ rows: [[DashboardCell]]) -> Markup {
    let head = columns.map {
      Markup.element("th", ["scope": "col", "class": $0.isNumeric ? "n" : nil], .text($0.title))
    }
    let body = rows.map { row in
      Markup.element(
        "tr", [:],
        zip(columns, row).enumerated().map { place, pair in
          let tone = pair.1.tone == .plain ? nil : "tone-\(pair.1.tone.rawValue)"
          let classes = [pair.0.isNumeric ? "n" : nil, tone].compactMap(\.self)
          return .element(
            place == 0 ? "th" : "td",
            [
              "scope": place == 0 ? "row" : nil,
              "class": classes.isEmpty ? nil : classes.joined(separator: " "),
            ], pair.1.markup)
        })
    }
    return .element(
      "div", ["class": "table", "tabindex": "0"],
      .element(
        "table", ["id": id, "hidden": rows.isEmpty ? "" : nil],
        .element("caption", ["class": "past"], .text(caption)),
        .element("thead", [:], .element("tr", [:], head)), .element("tbody", [:], body)),
      .element(
        "p", ["class": "hint", "id": "\(id)-nothing", "hidden": rows.isEmpty ? nil : ""],
        .text(nothing)))
  }
}

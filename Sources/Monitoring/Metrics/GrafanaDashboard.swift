internal import PreferenceData

/// A dashboard for Grafana, to be imported as it is; it asks for the source of data on the page.
public struct GrafanaDashboard: Sendable, Hashable {
  /// A unit, by Grafana's name.
  public enum Unit: String, Sendable, Hashable {
    /// A plain number.
    case number = "short"
    /// A share from 0 to 1, as per cent.
    case share = "percentunit"
    /// Seconds.
    case seconds = "s"
    /// A rate a second.
    case perSecond = "cps"
  }

  /// A chart.
  public struct Panel: Sendable, Hashable {
    /// What it is called.
    public var title: String
    /// The unit of its values.
    public var unit: Unit
    /// Its lines.
    public var queries: [GrafanaQuery]

    /// A chart.
    ///
    /// - Parameters:
    ///   - title: What it is called.
    ///   - unit: The unit of its values.
    ///   - queries: Its lines, at least one.
    public init(_ title: String, _ unit: Unit, _ queries: GrafanaQuery...) {
      precondition(!queries.isEmpty, "the panel '\(title)' shows nothing")
      (self.title, self.unit, self.queries) = (title, unit, queries)
    }
  }

  /// Panels under a heading.
  public struct Row: Sendable, Hashable {
    /// The heading.
    public var title: String
    /// The panels, two beside each other.
    public var panels: [Panel]

    /// Panels under a heading.
    ///
    /// - Parameters:
    ///   - title: The heading.
    ///   - panels: The panels.
    public init(_ title: String, _ panels: [Panel]) { (self.title, self.panels) = (title, panels) }
  }

  /// What it is called.
  public var title: String
  /// What it shows.
  public var rows: [Row]

  /// A dashboard.
  ///
  /// - Parameters:
  ///   - title: What it is called.
  ///   - rows: What it shows.
  public init(title: String, rows: [Row]) { (self.title, self.rows) = (title, rows) }

  /// The file, on one line: Grafana's JSON model, schema version 39.
  public var json: String {
    var panels: [JSONValue] = []
    var top = 0
    for row in rows {
      panels.append(Self.heading(row.title, number: panels.count + 1, top: top))
      top += 1
      for (place, panel) in row.panels.enumerated() {
        panels.append(
          Self.panel(
            panel, number: panels.count + 1, left: place.isMultiple(of: 2) ? 0 : Self.width,
            top: top + place / 2 * Self.height))
      }
      top += (row.panels.count + 1) / 2 * Self.height
    }
    let object: JSONObject = [
      "uid": .string(title.lowercased().filter { $0.isLetter || $0.isNumber }),
      "title": .string(title), "schemaVersion": .number(39), "version": .number(1),
      "editable": .boolean(true), "refresh": .string("30s"), "timezone": .string("browser"),
      "time": .object(["from": .string("now-3h"), "to": .string("now")]),
      "tags": .array([.string("attune")]),
      "templating": .object([
        "list": .array([
          .object([
            "name": .string("datasource"), "label": .string("Source"),
            "type": .string("datasource"), "query": .string("prometheus"),
          ])
        ])
      ]),
      "panels": .array(panels),
    ]
    guard let text = JSONValue.object(object).text else {
      preconditionFailure("a dashboard has a number that JSON cannot say")
    }
    return text
  }

  /// Half of Grafana's 24 columns.
  private static let width = 12
  private static let height = 8

  private static func heading(_ title: String, number: Int, top: Int) -> JSONValue {
    .object([
      "id": .number(Double(number)), "type": .string("row"), "title": .string(title),
      "collapsed": .boolean(false), "panels": .array([]),
      "gridPos": place(left: 0, top: top, width: 2 * width, height: 1),
    ])
  }

  private static func panel(_ panel: Panel, number: Int, left: Int, top: Int) -> JSONValue {
    let source: JSONValue = .object([
      "type": .string("prometheus"), "uid": .string("${datasource}"),
    ])
    let isAlone = Set(panel.queries.map(\.metric)).count == 1
    let targets = panel.queries.enumerated().map { index, query in
      JSONValue.object([
        "refId": .string(String(UnicodeScalar(UInt8(65 + index)))), "datasource": source,
        "expr": .string(query.expression), "legendFormat": .string(query.legend(isAlone: isAlone)),
      ])
    }
    return .object([
      "id": .number(Double(number)), "type": .string("timeseries"),
      "title": .string(panel.title), "datasource": source,
      "gridPos": place(left: left, top: top, width: width, height: height),
      "fieldConfig": .object([
        "defaults": .object(["unit": .string(panel.unit.rawValue)]), "overrides": .array([]),
      ]),
      "targets": .array(targets),
    ])
  }

  private static func place(left: Int, top: Int, width: Int, height: Int) -> JSONValue {
    .object([
      "h": .number(Double(height)), "w": .number(Double(width)), "x": .number(Double(left)),
      "y": .number(Double(top)),
    ])
  }
}

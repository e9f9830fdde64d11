internal import Reports

/// The pages of runs and reports.
enum RunPages {
  /// All that was found.
  static func list(_ rows: [CatalogRow], roots: [String]) -> String {
    let groups = roots.indices.map { root in
      let rows = rows.filter { $0.entry.root == root }
      return Markup.element("h2", [:], .text(roots[root]))
        + (rows.isEmpty ? PageParts.paragraph("No runs and no reports yet.") : table(of: rows))
    }
    return StudioFrame(title: "Runs and reports", place: .runs).rendered(
      .element("h1", [:], .text("Runs and reports")),
      PageParts.paragraph(
        "What was trained, here and in the folders that were named at the start. The studio's own runs are "
          + "among them.", className: "lead"),
      groups.reduce(into: .empty) { $0 += $1 })
  }

  private static func table(of rows: [CatalogRow]) -> Markup {
    var table = ReportTable([
      .words("run"), .words("method"), .numbers("steps"), .numbers("loss"), .numbers("reward"),
      .numbers("judge"), .words("status"), .words("page"),
    ])
    for row in rows {
      let entry = row.entry
      let name = entry.name.isEmpty ? "(the folder itself)" : entry.name
      table.append([
        .init(name, link: entry.isRun ? link("/run", to: entry) : nil), .init(row.method),
        .init(row.steps), .init(row.loss), .init(row.reward), .init(row.gold),
        .init(row.status, tone: row.tone),
        .init(
          entry.hasReport ? "report" : "", link: entry.hasReport ? link("/report", to: entry) : nil),
      ])
    }
    return ReportBlock.table(table).markup(id: "runs")
  }

  /// The address of a page about an entry.
  static func link(_ path: String, to entry: CatalogEntry) -> String {
    let name = entry.name.utf8.map { byte in
      switch UnicodeScalar(byte) {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "/": String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
    return "\(path)?folder=\(entry.root)&name=\(name)"
  }

  /// A run with its curves.
  static func run(_ page: HTMLPage, of entry: CatalogEntry) -> String {
    let opening = page.opening.enumerated().map { $1.markup(id: "o\($0)") }
    let sections = page.sections.enumerated().map { place, section in
      Markup.element(
        "section", ["aria-labelledby": "s\(place)-h"],
        [.element("h2", ["id": "s\(place)-h"], .text(section.title))]
          + section.blocks.enumerated().map { $1.markup(id: "s\(place)-f\($0)") })
    }
    let report =
      entry.hasReport
      ? Markup.element(
        "p", [:],
        .element("a", ["href": link("/report", to: entry)], .text("Its report as it was written")))
      : .empty
    return StudioFrame(title: page.title, place: .runs).rendered(
      .element(
        "p", ["class": "status"], .element("a", ["href": "/runs"], .text("All runs and reports"))),
      .element("h1", [:], .text(page.title)),
      PageParts.paragraph(page.subtitle, className: "subtitle"),
      report, (opening + sections).reduce(into: .empty) { $0 += $1 })
  }
}

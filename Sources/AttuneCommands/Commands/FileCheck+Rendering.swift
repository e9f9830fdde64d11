import PreferenceData

extension FileCheck {
  /// Tables of counts and reasons, and a line for each of the first problems.
  static func rendered(_ checks: [FileCheck]) -> String {
    let reports = checks.compactMap { try? $0.outcome.get() }
    var parts: [String] = []
    if !reports.isEmpty { parts.append(counts(reports)) }
    if let reasons = DroppedRowsTable.rendered(reports.map(\.dropped)) { parts.append(reasons) }
    for report in reports {
      if !report.ignoredColumns.isEmpty {
        parts.append("\(report.path): not read: \(report.ignoredColumns.joined(separator: ", "))")
      }
      if report.malformed.count > 0 { parts.append(report.malformed.list) }
    }
    return parts.joined(separator: "\n\n").escapingControlCharacters
  }

  private static func counts(_ reports: [ValidationReport]) -> String {
    var table = Table(
      .init("file"), .init("records"), .init("rows", .right), .init("usable", .right),
      .init("unusable", .right), .init("malformed", .right))
    for report in reports {
      table.append(
        report.path.escapingControlCharacters, report.kind?.title ?? "of no known kind",
        "\(report.rows)",
        "\(report.usable)", "\(report.dropped.total)", "\(report.malformed.count)")
    }
    return table.rendered()
  }
}

extension FileCheck {
  /// All of it as one object.
  static func report(_ checks: [FileCheck]) -> JSONReport {
    let types = Set(checks.compactMap { try? $0.outcome.get().kind?.type })
    var report = JSONReport()
    report.add("valid", .boolean(checks.allSatisfy(\.isValid)))
    report.add("one_type", .boolean(types.count <= 1))
    report.add("files", checks.map(\.report))
    return report
  }

  private var report: JSONReport {
    var entry = JSONReport()
    entry.add("file", path)
    entry.add("valid", .boolean(isValid))
    switch outcome {
    case .failure(let error):
      entry.add("error", error.description)
    case .success(let report):
      entry.add("type", report.kind?.type.rawValue)
      entry.add("kind", report.kind?.rawValue)
      entry.add("rows", report.rows)
      entry.add("usable", report.usable)
      entry.add("malformed", report.malformed.count)
      entry.add("unusable", JSONReport(report.dropped))
      entry.add("messages", report.messages.count)
      entry.add("ignored_columns", .array(report.ignoredColumns.map(JSONValue.string)))
      entry.add("problems", JSONReport.problems(report.malformed))
      entry.add("further_problems", report.malformed.furtherProblems)
    }
    return entry
  }
}

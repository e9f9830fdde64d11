import PreferenceData

/// What `data validate` found out about one file: a report, or why there is none.
struct FileCheck {
  let path: String
  private let outcome: Result<ValidationReport, DataError>

  private static let shownProblems = 20

  init(path: String) {
    self.path = path
    outcome = Result { () throws(DataError) in try ValidationReport(path: path) }
  }

  /// Whether training on the file could start.
  var isValid: Bool { (try? outcome.get())?.isValid ?? false }

  /// What stands in the way of training, and what to do about it.
  var verdict: String {
    switch outcome {
    case .failure(let error): error.description.replacing("\(path): ", with: "", maxReplacements: 1)
    case .success(let report) where report.malformed > 0:
      report.malformed == 1
        ? "1 of \(report.rows) rows is malformed; correct it, as training would stop there"
        : "\(report.malformed) of \(report.rows) rows are malformed; correct them, "
          + "as training would stop there"
    case .success: "no row can be used; give data with at least one usable row"
    }
  }

  /// Tables of counts and reasons, and a line for each problem.
  static func rendered(_ checks: [FileCheck]) -> String {
    let reports = checks.compactMap { try? $0.outcome.get() }
    var parts: [String] = []
    if !reports.isEmpty { parts.append(counts(reports)) }
    if reports.contains(where: { $0.dropped.total > 0 }) { parts.append(reasons(reports)) }
    for report in reports {
      if !report.ignoredColumns.isEmpty {
        parts.append("\(report.path): not read: \(report.ignoredColumns.joined(separator: ", "))")
      }
      if !report.problems.isEmpty { parts.append(problems(report)) }
    }
    return parts.joined(separator: "\n\n")
  }

  private static func counts(_ reports: [ValidationReport]) -> String {
    var table = Table(
      .init("file"), .init("records"), .init("rows", .right), .init("usable", .right),
      .init("unusable", .right), .init("malformed", .right))
    for report in reports {
      table.append(
        report.path, report.kind?.title ?? "of no known kind", "\(report.rows)",
        "\(report.usable)", "\(report.dropped.total)", "\(report.malformed)")
    }
    return table.rendered()
  }

  private static func reasons(_ reports: [ValidationReport]) -> String {
    var table = Table(.init("unusable", .right), .init("because"), .init("for instance"))
    for report in reports {
      for reason in report.dropped.reasons {
        let places = report.dropped.examples(of: reason).map(\.description)
        table.append(
          "\(report.dropped[reason])", "\(reason)", places.joined(separator: ", "))
      }
    }
    return table.rendered()
  }

  private static func problems(_ report: ValidationReport) -> String {
    var lines = report.problems.prefix(shownProblems).map(\.description)
    let rest = report.problems.count - lines.count
    if rest > 0 { lines.append("… and \(rest) more") }
    return lines.joined(separator: "\n")
  }

  /// All of it, every problem too, as one object.
  static func report(_ checks: [FileCheck]) -> JSONReport {
    var report = JSONReport()
    report.add("valid", .boolean(checks.allSatisfy(\.isValid)))
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
      entry.add("kind", report.kind?.rawValue)
      entry.add("rows", report.rows)
      entry.add("usable", report.usable)
      entry.add("malformed", report.malformed)
      var dropped = JSONReport()
      for reason in report.dropped.reasons { dropped.add(reason.rawValue, report.dropped[reason]) }
      entry.add("unusable", dropped)
      entry.add("ignored_columns", .array(report.ignoredColumns.map(JSONValue.string)))
      entry.add("problems", .array(report.problems.map { .string($0.description) }))
    }
    return entry
  }
}

import PreferenceData

/// What `data validate` found out about one file: a report, or why there is none.
struct FileCheck {
  let path: String
  let outcome: Result<ValidationReport, DataError>
  private let isStrict: Bool

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - type: What it must hold; without it, its fields decide.
  ///   - isStrict: Whether a row that cannot be used is a fault.
  init(path: String, type: RecordType?, isStrict: Bool) {
    self.path = path
    self.isStrict = isStrict
    outcome = Result { () throws(DataError) in try ValidationReport(path: path, as: type) }
  }

  /// Whether the file is good data.
  var isValid: Bool {
    guard let report = try? outcome.get() else { return false }
    return report.isValid && !(isStrict && report.dropped.total > 0)
  }

  /// What stands in the way of training, and what to do about it.
  var verdict: String {
    switch outcome {
    case .failure(let error): error.description.replacing("\(path): ", with: "", maxReplacements: 1)
    case .success(let report): verdict(on: report)
    }
  }

  private func verdict(on report: ValidationReport) -> String {
    let dropped = report.dropped.total
    if report.malformed.count > 0 { return report.malformed.verdict(of: report.rows) }
    if report.usable == 0 { return "no row can be used; give data with at least one usable row" }
    return "\(dropped) of \(report.rows) rows cannot be used, which --strict does not allow; "
      + "remove \(dropped == 1 ? "it" : "them"), or leave --strict out"
  }

  /// That the file's messages are of no use yet, where it has some.
  var messagesNote: String? {
    guard case .success(let report) = outcome, let first = report.messages.first else { return nil }
    return MessagesNote.text(
      path: path, count: report.messages.count, rows: report.rows, first: first)
  }

  /// That files cannot be trained on together, where that is so.
  static func mixtureNote(_ checks: [FileCheck]) -> String? {
    let reports = checks.compactMap { try? $0.outcome.get() }
    let types = RecordType.allCases.filter { type in reports.contains { $0.kind?.type == type } }
    guard types.count > 1 else { return nil }
    let list = types.map { type in
      let paths = reports.filter { $0.kind?.type == type }.map(\.path)
      return "\(paths.joined(separator: ", ")) \(paths.count == 1 ? "holds" : "hold") \(type.title)"
    }
    return "these files cannot be trained on together: \(list.joined(separator: "; ")); "
      + "a training command stops at the first file of another type than it needs, "
      + "so give each type to the command that it is for"
  }
}

/// What becomes of rows that hold messages.
enum MessagesNote {
  /// A sentence for the rows of a file.
  static func text(path: String, count: Int, rows: Int, first: SourceLocation) -> String {
    "\(path): \(count) of \(rows) rows hold messages, and chat templates are not supported "
      + "yet: training would stop at \(first); write plain text until then"
  }
}

extension MalformedRows {
  /// What the rows mean for training, and what to do about them.
  func verdict(of rows: Int) -> String {
    let (are, them) = count == 1 ? ("is", "it") : ("are", "them")
    return "\(count) of \(rows) rows \(are) malformed; correct \(them), "
      + "as training would stop there"
  }
}

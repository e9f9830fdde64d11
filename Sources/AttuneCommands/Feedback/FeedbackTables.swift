import AnnotationStore

/// What came of an export of feedback, for people and for programs.
struct FeedbackTables {
  private let summary: FeedbackExportSummary

  init(_ summary: FeedbackExportSummary) { self.summary = summary }

  /// Records by source, and what was left out by reason.
  func rendered() -> String {
    var records = Table(.init("records of"), .init("count", .right))
    for source in FeedbackSource.allCases {
      records.append(source.title, NumberText.grouped(summary.records[source] ?? 0))
    }
    var omissions = Table(.init("left out"), .init("count", .right))
    for reason in FeedbackOmission.allCases {
      guard let count = summary.omissions[reason] else { continue }
      omissions.append(reason.title, NumberText.grouped(count))
    }
    let head = "\(NumberText.grouped(summary.feedback)) pieces of feedback"
    return ([head, records.rendered()] + (omissions.rows.isEmpty ? [] : [omissions.rendered()]))
      .joined(separator: "\n\n")
  }

  /// The same, every source and reason with its count.
  var report: JSONReport {
    var (report, records, omissions) = (JSONReport(), JSONReport(), JSONReport())
    for source in FeedbackSource.allCases {
      records.add(source.rawValue, summary.records[source] ?? 0)
    }
    for reason in FeedbackOmission.allCases {
      omissions.add(reason.rawValue, summary.omissions[reason] ?? 0)
    }
    report.add("feedback", summary.feedback)
    report.add("records", records)
    report.add("desirable", summary.desirable)
    report.add("left_out", omissions)
    return report
  }
}

extension FeedbackSource {
  fileprivate var title: String {
    switch self {
    case .rating: "ratings (unpaired)"
    case .correction: "corrections"
    case .regeneration: "regenerations"
    case .contrast: "contrasts"
    }
  }
}

extension FeedbackOmission {
  fileprivate var title: String {
    switch self {
    case .outside: "feedback of another time, policy or arm"
    case .unconsented: "feedback without consent"
    case .wordsOnly: "feedback of comments alone"
    case .undecided: "responses with as many good as bad ratings"
    case .tied: "pairs of which each was preferred as often"
    case .blank: "records with an empty completion"
    case .identical: "pairs of equal sides"
    case .repeated: "contrasts that are a pair already"
    }
  }
}

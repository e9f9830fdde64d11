import Oversight
import PreferenceData

/// A row of the output of `attune classifier apply`.
struct VerdictRow {
  private var report = JSONReport()

  /// A row.
  ///
  /// - Parameters:
  ///   - verdict: What the classifier says; `nil` where there was no text.
  ///   - labels: The names of its labels.
  ///   - row: Where the text stood; `nil` for one of the command line.
  init(_ verdict: ClassifierVerdict?, labels: [String], row: TextRow?) {
    if let row { report.add("line", row.source.line) }
    guard let verdict else {
      report.add("probabilities", nil as String?)
      report.add("reason", row?.reason?.description)
      return
    }
    var probabilities = JSONReport()
    for (label, probability) in zip(labels, verdict.probabilities) {
      probabilities.add(label, probability)
    }
    report.add("probabilities", probabilities)
    report.add(
      "labels", .array(zip(labels, verdict.positives).filter(\.1).map { .string($0.0) }))
    if !verdict.matches.isEmpty {
      report.add("matches", .array(verdict.matches.map { .string($0) }))
    }
  }

  /// The row as JSON, without a line feed.
  var line: String { report.line }
}

/// What `attune classifier apply` came to.
struct VerdictSummary {
  private let texts: Int
  private let counts: [(label: String, count: Int)]
  private let rate: Double

  /// Counts verdicts.
  init(_ verdicts: [ClassifierVerdict], labels: [String], seconds: Double) {
    texts = verdicts.count
    counts = labels.enumerated().map { place, label in
      (label, verdicts.count { $0.positives[place] })
    }
    rate = Double(verdicts.count) / seconds
  }

  /// For a person.
  var sentence: String {
    let found = counts.map { "\(NumberText.grouped($0.count)) \($0.label)" }
    let words = texts == 1 ? "1 text" : "\(NumberText.grouped(texts)) texts"
    return "\(words), of which \(found.joined(separator: ", ")); "
      + "\(NumberText.abbreviated(rate)) texts/s"
  }

  /// For programs.
  var report: JSONReport {
    var report = JSONReport()
    report.add("texts", texts)
    var positives = JSONReport()
    for (label, count) in counts { positives.add(label, count) }
    report.add("positives", positives)
    report.add("texts_per_second", rate)
    return report
  }
}

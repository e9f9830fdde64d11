import Evaluations
import Reports

/// The result of `attune annotate agreement` for a terminal.
struct AgreementTables {
  private let summary: AgreementSummary
  private let source: String

  /// The tables of a summary.
  init(_ summary: AgreementSummary, of source: String) {
    self.summary = summary
    self.source = source
  }

  /// All tables, without a line feed at the end.
  func rendered() -> String {
    [heading, coefficients, annotators, reading, notes].compactMap { $0 }.joined(separator: "\n\n")
  }

  private var heading: String {
    """
    \(source): \(count(summary.items, "item")), \(count(summary.annotators, "annotator")), \
    \(count(summary.values, "value")); \(NumberText.grouped(summary.pairedItems)) of the items have \
    two values or more
    level: \(summary.level.rawValue) (\(summary.level.meaning))
    """
  }

  private var coefficients: String {
    var table = Table(.init("agreement"), .init("", .right), .init("95 %", .right))
    func add(_ name: String, _ estimate: AgreementEstimate?, _ words: (Double) -> String) {
      var range = NumberLabel.none
      if let lower = estimate?.lower, let upper = estimate?.upper {
        range = "\(words(lower)) to \(words(upper))"
      }
      table.append(name, estimate.map { words($0.value) } ?? NumberLabel.none, range)
    }
    let three = { NumberLabel.fixed($0, decimals: 3) }
    add("percent agreement", summary.percentAgreement) { NumberLabel.percent($0) }
    add("Cohen's κ\(cohenWords)", summary.cohenKappa, three)
    add("Fleiss' κ", summary.fleissKappa, three)
    add("Krippendorff's α, \(summary.level.rawValue)", summary.krippendorffAlpha, three)
    add("Gwet's AC1", summary.gwetAC1, three)
    return table.rendered()
  }

  private var cohenWords: String {
    let weights =
      switch summary.cohenWeights {
      case .equal: ""
      case .linear: ", linear weights"
      case .quadratic: ", quadratic weights"
      }
    let pairs = summary.cohenPairs
    return pairs > 1 ? "\(weights), mean of \(NumberText.grouped(pairs)) pairs" : weights
  }

  private var annotators: String {
    var table = Table(
      .init("annotator"), .init("values", .right), .init("agrees with others", .right),
      .init("α without", .right))
    for annotator in summary.byAnnotator {
      table.append(
        annotator.annotator.shownOnOneLine(limit: 40), NumberText.grouped(annotator.values),
        annotator.percentAgreement.map { NumberLabel.percent($0) } ?? NumberLabel.none,
        annotator.alphaWithout.map { NumberLabel.fixed($0, decimals: 3) } ?? NumberLabel.none)
    }
    return table.rendered()
  }

  private var reading: String {
    """
    Reading: Krippendorff calls α reliable from 0.800 and tentative from 0.667. Landis and Koch call κ
    slight to 0.20, fair to 0.40, moderate to 0.60, substantial to 0.80, almost perfect above. Where
    people compare answers of models it is harder: in published studies two of them agree on 72 to
    81 % of pairs. So compare with what was measured on the same task before.
    """
  }

  private var notes: String? {
    summary.notes.isEmpty ? nil : summary.notes.map { "note: \($0)" }.joined(separator: "\n")
  }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(NumberText.grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }
}

extension MeasurementLevel {
  /// What a difference means.
  fileprivate var meaning: String {
    switch self {
    case .nominal: "values are equal or not"
    case .ordinal: "only the order of values counts"
    case .interval: "differences count"
    case .ratio: "quotients count, from a true zero"
    }
  }
}

import Evaluations
import Pipelines
import Reports

extension GateResult {
  /// The result for a terminal, without a line feed at the end.
  func rendered() -> String {
    var table = Table(
      .init(""), .init("criterion"), .init("must be"), .init("seen", .right), .init("95 %", .right),
      .init("from"))
    for finding in findings {
      table.append(
        finding.word, finding.criterion.rawValue, finding.thresholdWords,
        finding.seen.map(\.words) ?? NumberLabel.none, finding.seen?.rangeWords ?? NumberLabel.none,
        finding.status == .notMeasured ? "measure it: \(finding.source)" : finding.source)
    }
    return "\(table.rendered())\n\n\(verdict)"
  }

  private var verdict: String {
    if passed { return "\(run): passed" }
    let names = findings.filter { $0.isRequired && $0.status != .passed }.map(\.criterion.rawValue)
    return "\(run): not passed: \(names.joined(separator: ", "))"
  }
}

extension GateResult.Finding {
  fileprivate var word: String {
    switch status {
    case .passed: "passed"
    case .failed: "FAILED"
    case .notMeasured: "not measured"
    }
  }

  fileprivate var thresholdWords: String {
    threshold + (isConfident ? ", with confidence" : "") + (isRequired ? "" : " (not required)")
  }
}

extension GateResult.Seen {
  fileprivate var words: String {
    verdict?.rawValue ?? value.map { NumberLabel.significant($0) } ?? NumberLabel.none
  }

  fileprivate var rangeWords: String? {
    guard let lower, let upper else { return nil }
    return "\(NumberLabel.significant(lower)) to \(NumberLabel.significant(upper))"
  }
}

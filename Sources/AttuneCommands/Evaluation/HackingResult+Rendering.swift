import Evaluations
import Pipelines
import Reports

extension HackingResult {
  /// The result for a terminal, without a line feed at the end: the verdict with its reasons, then
  /// what it rests on.
  func rendered() -> String {
    [opening, table, facts, signs, notes.isEmpty ? nil : notes.joined(separator: "\n")]
      .compactMap { $0 }.joined(separator: "\n\n")
  }

  /// The result as one line of JSON.
  var line: String {
    get throws { try JSONLine.text(of: self) }
  }

  private var opening: String {
    (["\(source): \(verdict.rawValue)"] + reasons.map { "- \($0.sentence)" })
      .joined(separator: "\n")
  }

  /// The first, the best and the last evaluation.
  private var table: String {
    guard let first = evaluations.first, let last = evaluations.last else {
      preconditionFailure("a result of no evaluations")
    }
    var table = Table(
      .init("step"), .init("\(first.step)", .right), .init("best: \(best.step)", .right),
      .init("\(last.step)", .right))
    for signal in WatchedSignal.scores + WatchedSignal.signs
    where signal.isRecorded(in: evaluations) {
      table.append(signal.name, signal.words(first), signal.words(best), signal.words(last))
    }
    return table.rendered()
  }

  private var facts: String {
    var facts = FactList()
    facts.add("evaluations", NumberText.grouped(evaluations.count))
    facts.add("correlation of proxy and gold", correlationWords)
    facts.add(
      "proxy and gold part", parting.map { "around step \($0.step)" } ?? "nowhere")
    if let curve {
      facts.add("gold over d = √KL (\(curve.name))", "\(curve.formula), R² \(curve.fitWords)")
      facts.add("its peak", curve.peakWords)
    }
    return facts.rendered()
  }

  private var correlationWords: String {
    guard let pearson = correlation.pearson, let spearman = correlation.spearman else {
      return "none: a column does not vary"
    }
    let last = (correlation.rolling.last ?? nil).map {
      "; \(fixed($0)) in the last \(correlation.window) evaluations"
    }
    return "\(fixed(pearson)) (Pearson), \(fixed(spearman)) (Spearman)\(last ?? "")"
  }

  private var signs: String? {
    if warnings.isEmpty { return nil }
    let lines = warnings.map { warning in
      "step \(warning.step): \(warning.sentence)"
        + (warning.holdsAtEnd ? "" : " It is no longer so at the end.")
    }
    return (["signs along the way, beside the first evaluation:"] + lines).joined(separator: "\n")
  }

  private func fixed(_ value: Double) -> String { NumberLabel.fixed(value, decimals: 2) }
}

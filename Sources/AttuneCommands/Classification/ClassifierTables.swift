import Oversight
import Pipelines
import PreferenceData

/// The result of `attune classifier train` and `evaluate`.
struct ClassifierTables {
  private let evaluation: ClassifierEvaluation
  private let trained: [TrainedLabel]
  /// How much the first label's probability depends on groups, where that was asked.
  var bias: [BiasResult]?

  /// The tables of a result.
  ///
  /// - Parameters:
  ///   - evaluation: What was measured.
  ///   - trained: The labels of a classifier that was trained just now.
  init(_ evaluation: ClassifierEvaluation, trained: [TrainedLabel] = []) {
    (self.evaluation, self.trained) = (evaluation, trained)
  }

  /// All tables, without a line feed at the end.
  func rendered() -> String {
    (evaluation.labels.flatMap { label in
      [heading(label), table(label), facts(label)]
    } + [bias.flatMap { BiasTable(title: "bias", results: $0).rendered() }].compactMap { $0 }
      + evaluation.notes).joined(separator: "\n\n")
  }

  /// For programs.
  ///
  /// - Parameter classifier: What was measured.
  /// - Returns: The numbers by name.
  /// - Throws: What the encoder throws.
  func report(of classifier: String) throws -> JSONReport {
    var report = JSONReport()
    report.add("classifier", classifier)
    if !trained.isEmpty {
      var training = JSONReport()
      for label in trained {
        training.add(label.name, try Self.value(of: JSONLine.text(of: label.facts)))
      }
      report.add("training", training)
    }
    let evaluation = String(decoding: try evaluation.encoded(), as: UTF8.self)
    report.add("evaluation", try Self.value(of: evaluation))
    if let bias {
      report.add("bias", .array(try bias.map { try Self.value(of: JSONLine.text(of: $0)) }))
    }
    return report
  }

  private static func value(of text: String) throws -> JSONValue {
    guard let value = JSONValue(parsing: Array(text.utf8)) else {
      preconditionFailure("not JSON: \(text)")
    }
    return value
  }

  private func heading(_ label: LabelEvaluation) -> String {
    "\(label.label): \(NumberText.grouped(label.texts)) texts, of which it is true of "
      + NumberText.grouped(label.positives)
  }

  private func table(_ label: LabelEvaluation) -> String {
    var table = Table(
      .init(""), .init("classifier", .right), .init("95 %", .right), .init("word list", .right),
      .init("95 %", .right))
    func add(_ name: String, _ own: MeasuredValue?, _ words: MeasuredValue?) {
      table.append(name, Self.text(own), Self.range(own), Self.text(words), Self.range(words))
    }
    func plain(_ value: Double?) -> MeasuredValue? { value.map { MeasuredValue($0, nil) } }
    let words = label.lexicon
    add("ROC-AUC", label.ranking?.rocAUC, words?.ranking.rocAUC)
    add(
      "average precision", plain(label.ranking?.averagePrecision),
      plain(words?.ranking.averagePrecision))
    add("precision", label.verdicts.precision, words?.verdicts.precision)
    add("recall", label.verdicts.recall, words?.verdicts.recall)
    add(
      "false-positive rate", label.verdicts.falsePositiveRate, words?.verdicts.falsePositiveRate)
    add("F1", plain(label.verdicts.f1), plain(words?.verdicts.f1))
    return table.rendered()
  }

  private func facts(_ label: LabelEvaluation) -> String {
    var facts = FactList()
    if let words = label.lexicon {
      facts.add("ROC-AUC above the word list by", Self.whole(words.rocAUCDifference))
      facts.add(
        "average precision above it by", Self.whole(words.averagePrecisionDifference))
    }
    facts.add("positive from a probability of", NumberText.fixed(label.threshold, decimals: 3))
    facts.add(
      "calibration error", NumberText.fixed(label.expectedCalibrationError, decimals: 3))
    facts.add("Brier score", NumberText.fixed(label.brier, decimals: 3))
    if let trained = trained.first(where: { $0.name == label.label }) {
      let made = trained.facts
      facts.add(
        "learnt from",
        "\(NumberText.grouped(made.texts)) texts of \(NumberText.grouped(made.groups)) prompts, "
          + "\(NumberText.grouped(made.positives)) of them true")
      facts.add("l2", NumberText.significant(made.l2, digits: 3))
    }
    return facts.rendered()
  }

  private static func text(_ value: MeasuredValue?) -> String {
    value.map { NumberText.fixed($0.value, decimals: 3) } ?? "–"
  }

  private static func range(_ value: MeasuredValue?) -> String {
    guard let lower = value?.lower, let upper = value?.upper else { return "" }
    return "\(NumberText.fixed(lower, decimals: 3)) to \(NumberText.fixed(upper, decimals: 3))"
  }

  private static func whole(_ value: MeasuredValue) -> String {
    let range = range(value)
    return range.isEmpty ? text(value) : "\(text(value)) (\(range))"
  }
}

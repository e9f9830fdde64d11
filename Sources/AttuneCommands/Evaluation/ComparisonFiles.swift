import Pipelines
import PreferenceData
import Reports
import RunRecords

/// What `attune evaluate compare` writes: the completions as rows, and a page.
///
/// The files are opened first, so that one which cannot be does not cost the time of sampling.
struct ComparisonFiles: ~Copyable {
  private var out: JSONLinesWriter?
  private var report: AtomicFile?

  /// Opens the files.
  ///
  /// - Parameters:
  ///   - out: The file of rows.
  ///   - report: The page.
  /// - Throws: `DataError` or `RunRecordError` for one that cannot be written.
  init(out: String?, report: String?) throws {
    self.out = nil
    self.report = nil
    if let out { self.out = try JSONLinesWriter(path: out) }
    if let report { self.report = try AtomicFile(path: report) }
  }

  /// Writes all of it, each file whole or not at all.
  ///
  /// - Parameters:
  ///   - result: The comparison.
  ///   - answers: What it was computed from.
  ///   - version: The version of the program, for the foot of the page.
  /// - Throws: `DataError` or `RunRecordError` if the disk does not take them.
  consuming func write(
    _ result: ModelComparisonResult, _ answers: ComparedAnswers, version: String
  ) throws {
    if var out = out.take() {
      for row in answers.rows { try out.write(row) }
      try out.commit()
    }
    if var report = report.take() {
      let page = ComparisonPage(result).page(footer: "attune \(version) evaluate compare")
      try report.write(page.rendered())
      try report.commit()
    }
  }
}

extension ComparedAnswers {
  /// One row a completion: prompt by prompt, models in their order.
  fileprivate var rows: [JSONObject] {
    prompts.indices.flatMap { prompt in
      models.flatMap { model in
        model.completions[prompt].map { row($0, of: model.name, to: prompts[prompt]) }
      }
    }
  }

  private func row(
    _ completion: ComparedCompletion, of model: String, to prompt: ComparedPrompt
  ) -> JSONObject {
    func number(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }
    var row: JSONObject = [
      "prompt": .string(prompt.text), "model": .string(model),
      "completion": .string(completion.text), "score": number(completion.score),
      "tokens": .number(Double(completion.tokens)),
      "finish_reason": .string(completion.isCutOff ? "length" : "stop"),
    ]
    for (judge, score) in zip(furtherJudges, completion.furtherScores) {
      row.set("score_\(judge)", to: .number(score))
    }
    if let divergence = completion.divergence { row.set("kl", to: .number(divergence)) }
    if let kind = prompt.kind { row.set("kind", to: .string(kind)) }
    return row
  }
}

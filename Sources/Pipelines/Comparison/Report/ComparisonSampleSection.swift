internal import Reports

/// What all models say to some of the prompts.
struct ComparisonSampleSection {
  let result: ModelComparisonResult

  var section: ReportSection {
    ReportSection("Samples", result.samples.flatMap(blocks))
  }

  private func blocks(_ sample: ModelComparisonResult.Sample) -> [ReportBlock] {
    let hasScores = sample.answers.contains { $0.score != nil }
    var table = ReportTable(
      [.words("model"), .words("answer")] + (hasScores ? [.numbers("score")] : []))
    for answer in sample.answers {
      table.append(
        [.init(answer.model), .init(answer.completion.trimmed)]
          + (hasScores ? [.init(decimals(answer.score))] : []))
    }
    let kind = sample.kind.map { "\($0): " } ?? ""
    return [.note(kind + sample.prompt.trimmed), .table(table)]
  }
}

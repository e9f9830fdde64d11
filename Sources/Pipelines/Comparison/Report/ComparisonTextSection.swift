internal import Reports

/// What the completions are like: distance, length, diversity, refusals.
struct ComparisonTextSection {
  let result: ModelComparisonResult

  var section: ReportSection {
    var blocks: [ReportBlock] = [
      .paragraph(
        "KL is measured over a model’s own samples. Shares of different words and pairs of words, and the "
          + "similarity of answers to different prompts (0 to 1), can be compared between these models alone."
      ),
      .table(table),
    ]
    if result.models.contains(where: { $0.refusals != nil }) { blocks.append(.table(refusals)) }
    return ReportSection("Distance, length, diversity", blocks)
  }

  private var table: ReportTable {
    var table = ReportTable([
      .words("model"), .numbers("KL, nats"), .numbers("tokens"), .numbers("words"),
      .numbers("cut off"), .numbers("distinct words"), .numbers("distinct pairs"),
      .numbers("openings"), .numbers("repetition"), .numbers("similarity"),
    ])
    for model in result.models {
      let diversity = model.diversity
      table.append([
        .init(model.name), .init(model.kl?.words(decimals: 2) ?? NumberLabel.none),
        .init(decimals(model.length.tokens, 1)), .init(decimals(model.length.words, 1)),
        .init(NumberLabel.percent(model.length.shareCutOff)),
        .init(share(diversity.distinctWords)), .init(share(diversity.distinctPairs)),
        .init(share(diversity.distinctOpenings)), .init(share(diversity.repetition)),
        .init(decimals(diversity.selfSimilarity)),
      ])
    }
    return table
  }

  private var refusals: ReportTable {
    var table = ReportTable([
      .words("refusals"), .numbers("on harmful prompts"), .numbers("on harmless prompts"),
    ])
    for model in result.models {
      table.append([
        .init(model.name), .init(model.refusals?.harmful?.words ?? NumberLabel.none),
        .init(model.refusals?.harmless?.words ?? NumberLabel.none),
      ])
    }
    return table
  }

  private func share(_ value: Double?) -> String {
    value.map { NumberLabel.percent($0) } ?? NumberLabel.none
  }
}

extension Ranking {
  static func decode(from fields: inout RowDecoder, as _: RecordKind) -> RowOutcome<Ranking> {
    let prompt = fields.passage("prompt")
    let completions = fields.passages("completions")
    let ranks = fields.ranks("ranking", count: completions?.count)
    guard fields.problems.isEmpty, let prompt, let completions, let ranks else {
      return .malformed
    }
    let exchange = Exchange(prompt: prompt, completions: completions)
    if let reason = exchange.dropReason { return .unusable(reason) }
    if Set(ranks).count == 1 { return .unusable(.tie) }
    return .record(
      Ranking(
        prompt: exchange.prompt, completions: exchange.completions, ranks: ranks,
        source: fields.row.source))
  }
}

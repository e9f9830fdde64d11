extension UnpairedCompletion {
  static func decode(
    from fields: inout RowDecoder, as _: RecordKind
  ) -> RowOutcome<UnpairedCompletion> {
    let prompt = fields.passage("prompt")
    let completion = fields.passage("completion")
    let label = fields.boolean("label")
    guard fields.problems.isEmpty, let prompt, let completion, let label else { return .malformed }
    let exchange = Exchange(prompt: prompt, completions: [completion])
    if let reason = exchange.dropReason { return .unusable(reason) }
    return .record(
      UnpairedCompletion(
        prompt: exchange.prompt, completion: exchange.completions[0], isDesirable: label,
        source: fields.row.source))
  }
}

extension Demonstration {
  static func decode(from fields: inout RowDecoder, as _: RecordKind) -> RowOutcome<Demonstration> {
    let prompt = fields.passage("prompt", or: "instruction")
    // What a sampler writes where it has no completion to give.
    if fields.isNull("completion"), fields.row["response"] == nil, fields.problems.isEmpty {
      return .unusable(.noCompletion)
    }
    let completion = fields.passage("completion", or: "response")
    let metadata = fields.optionalObject("metadata")
    guard fields.problems.isEmpty, let prompt, let completion else { return .malformed }
    let exchange = Exchange(prompt: prompt, completions: [completion])
    if let reason = exchange.dropReason { return .unusable(reason) }
    return .record(
      Demonstration(
        prompt: exchange.prompt, completion: exchange.completions[0], metadata: metadata,
        source: fields.row.source))
  }
}

extension SampleGroup {
  static func decode(from fields: inout RowDecoder, as _: RecordKind) -> RowOutcome<SampleGroup> {
    let prompt = fields.passage("prompt")
    guard !fields.isNull("completion") else {
      return prompt == nil ? .malformed : .unusable(.noCompletion)
    }
    let completions = fields.samples("completion")
    guard fields.problems.isEmpty, let prompt, let completions else { return .malformed }
    guard !completions.isEmpty else { return .unusable(.noCompletion) }
    let exchange = Exchange(prompt: prompt, completions: completions)
    return .record(
      SampleGroup(
        prompt: exchange.prompt, completions: exchange.completions, source: fields.row.source))
  }
}

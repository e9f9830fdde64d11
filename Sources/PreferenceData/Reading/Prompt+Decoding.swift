extension Prompt {
  static func decode(from fields: inout RowDecoder, as _: RecordKind) -> RowOutcome<Prompt> {
    guard let prompt = fields.passage("prompt") else { return .malformed }
    return prompt.isBlank
      ? .unusable(.emptyPrompt) : .record(Prompt(prompt: prompt, source: fields.row.source))
  }
}

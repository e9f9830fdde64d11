extension Prompt {
  static func decode(from fields: inout RowDecoder, as _: RecordKind) -> RowOutcome<Prompt> {
    guard let prompt = fields.passage("prompt") else { return .malformed }
    return prompt.isBlank
      ? .unusable(.emptyPrompt) : .record(Prompt(prompt: prompt, source: fields.row.source))
  }

  static func decodeWithFields(
    from fields: inout RowDecoder, as _: RecordKind
  ) -> RowOutcome<Prompt> {
    guard let prompt = fields.passage("prompt") else { return .malformed }
    guard !prompt.isBlank else { return .unusable(.emptyPrompt) }
    var further = JSONObject(members: [])
    for member in fields.row.fields.members where member.name != "prompt" && member.value != .null {
      further.set(member.name, to: member.value)
    }
    return .record(Prompt(prompt: prompt, fields: further, source: fields.row.source))
  }
}

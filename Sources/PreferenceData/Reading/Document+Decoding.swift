extension Document {
  static func decode(from fields: inout RowDecoder, as _: RecordKind) -> RowOutcome<Document> {
    guard let text = fields.passage("text") else { return .malformed }
    return text.isBlank
      ? .unusable(.emptyText) : .record(Document(text: text, source: fields.row.source))
  }
}

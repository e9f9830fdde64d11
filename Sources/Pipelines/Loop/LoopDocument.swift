/// A value as a file of a turn: its own fields, and the lineage among them.
struct LoopDocument<Content: Encodable>: Encodable {
  /// A value that is written as a mapping without `lineage`.
  let content: Content
  /// What joins all files of the turn.
  let lineage: LoopLineage

  private enum CodingKeys: String, CodingKey { case lineage }

  /// Writes both into one mapping.
  ///
  /// - Parameter encoder: Where to.
  /// - Throws: `EncodingError`.
  func encode(to encoder: any Encoder) throws {
    try content.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(lineage, forKey: .lineage)
  }
}

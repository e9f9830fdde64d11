/// The tokens that are put around a text: what the `post_processor` of `tokenizer.json` does.
///
/// `ByteLevel` there moves offsets alone, which nobody asks for here.
struct PostProcessor: Sendable {
  private(set) var prefix: [Int32] = []
  private(set) var suffix: [Int32] = []
  private var hasTemplate = false

  /// Adds nothing.
  init() {}

  /// Reads a `post_processor`.
  ///
  /// - Parameter field: The JSON object.
  /// - Throws: `TokenizerError` for a type or a template that is not supported.
  init(_ field: JSONField) throws(TokenizerError) {
    try apply(field)
  }

  private mutating func apply(_ field: JSONField) throws(TokenizerError) {
    let type = try field.required("type")
    switch try type.string() {
    case "ByteLevel":
      try field.allowOnly("type", "add_prefix_space", "trim_offsets", "use_regex")
    case "Sequence":
      try field.allowOnly("type", "processors")
      for step in try field.required("processors").elements() { try apply(step) }
    case "TemplateProcessing":
      if hasTemplate { throw field.error("a second TemplateProcessing is not supported.") }
      try field.allowOnly("type", "single", "pair", "special_tokens")
      try applyTemplate(
        field.required("single"), specialTokens: field.required("special_tokens"))
      hasTemplate = true
    default:
      throw type.error(
        "the post-processor \(try type.string()) is not supported; supported are "
          + "TemplateProcessing, ByteLevel and Sequence.")
    }
  }

  private mutating func applyTemplate(
    _ template: JSONField, specialTokens: JSONField
  ) throws(TokenizerError) {
    var isAfterText = false
    for piece in try template.elements() {
      try piece.allowOnly("Sequence", "SpecialToken")
      if let sequence = try piece.optional("Sequence") {
        let name = try sequence.required("id")
        guard try name.string() == "A", !isAfterText else {
          throw name.error("a template for one text must have the sequence A once, and no other.")
        }
        isAfterText = true
        continue
      }
      let name = try piece.required("SpecialToken").required("id")
      guard let special = try specialTokens.optional(name.string()) else {
        throw name.error("the token \(try name.string()) is not among special_tokens.")
      }
      for id in try special.required("ids").elements() {
        if isAfterText {
          suffix.append(try id.tokenID())
        } else {
          prefix.append(try id.tokenID())
        }
      }
    }
    if !isAfterText { throw template.error("has no place for the text (sequence A).") }
  }
}

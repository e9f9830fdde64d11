/// How normalized text is cut into pieces: the `pre_tokenizer` of `tokenizer.json`.
///
/// A byte-level model ends with `ByteLevel`, which renames bytes to printable characters. Nothing is
/// renamed here: the vocabulary is translated back to bytes once, and text stays as it is.
struct PreTokenizer: Sendable {
  /// The cuts before `ByteLevel`, in order, each applied to the pieces of the one before.
  private(set) var cuts: [Cut] = []
  /// Whether a piece that reaches `ByteLevel` without a leading space gets one.
  private(set) var addsPrefixSpace = false
  /// What `ByteLevel` itself cuts.
  private(set) var byteLevelCut: Cut = .nothing

  private var hasByteLevel = false

  /// Reads a `pre_tokenizer`.
  ///
  /// - Parameter field: The JSON object.
  /// - Throws: `TokenizerError` for a type or an option that is not supported.
  init(_ field: JSONField) throws(TokenizerError) {
    try append(field)
    if !hasByteLevel {
      throw field.error(
        "has no ByteLevel; only byte-level tokenizers (GPT-2, Llama 3, Qwen, SmolLM) are supported."
      )
    }
  }

  private mutating func append(_ field: JSONField) throws(TokenizerError) {
    let type = try field.required("type")
    if hasByteLevel {
      throw field.error("ByteLevel must come last; nothing may cut what it has renamed.")
    }
    switch try type.string() {
    case "Sequence":
      try field.allowOnly("type", "pretokenizers")
      for step in try field.required("pretokenizers").elements() { try append(step) }
    case "ByteLevel":
      try field.allowOnly("type", "add_prefix_space", "trim_offsets", "use_regex")
      addsPrefixSpace = try field.required("add_prefix_space").boolean()
      let cuts = try field.optional("use_regex")?.boolean() ?? true
      byteLevelCut = cuts ? .expression(.gpt2) : .nothing
      hasByteLevel = true
    case "Digits":
      try field.allowOnly("type", "individual_digits")
      cuts.append(.digits(individually: try field.required("individual_digits").boolean()))
    case "Split":
      cuts.append(try Self.split(field))
    default:
      throw type.error(
        "the pre-tokenizer \(try type.string()) is not supported; supported are ByteLevel, Split, "
          + "Digits and Sequence.")
    }
  }

  private static func split(_ field: JSONField) throws(TokenizerError) -> Cut {
    try field.allowOnly("type", "pattern", "behavior", "invert")
    let pattern = try field.required("pattern")
    let name = try field.required("behavior")
    let isInverted = try field.required("invert").boolean()
    guard let behavior = SplitBehavior(rawValue: try name.string()) else {
      let known = SplitBehavior.allCases.map(\.rawValue).joined(separator: ", ")
      throw name.mismatch("one of \(known)")
    }
    if let literal = try pattern.optional("String") {
      try pattern.allowOnly("String")
      let text = Array(try literal.string().utf8)
      if text.isEmpty { throw literal.error("must not be empty.") }
      return .literal(text, behavior, isInverted: isInverted)
    }
    guard let spelled = try pattern.optional("Regex") else {
      throw pattern.error("must be {\"Regex\": …} or {\"String\": …}.")
    }
    try pattern.allowOnly("Regex")
    guard let expression = SplitExpression(pattern: try spelled.string()) else {
      throw spelled.error(
        "this regular expression is not one of the published ones that are supported: those of "
          + "GPT-2, Llama 3 (cl100k) and Qwen 2, to the character. It is \(try spelled.string())")
    }
    // The expressions match everywhere, so that all is match, or after inversion nothing is.
    switch behavior {
    case .isolated, .mergedWithPrevious, .mergedWithNext:
      return .expression(expression)
    case .contiguous:
      return .nothing
    case .removed where isInverted:
      return .expression(expression)
    case .removed:
      throw name.error("Removed without invert would remove the whole text.")
    }
  }
}

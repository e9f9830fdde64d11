/// A token that is found in the text itself, before it is cut: one of `added_tokens`.
struct AddedToken: Sendable {
  let content: String
  let id: Int32
  /// Only matches where no word character (`\w`) touches it.
  let isSingleWord: Bool
  /// Takes the white space to its left with it.
  let stripsLeft: Bool
  /// Takes the white space to its right with it.
  let stripsRight: Bool
  /// Is looked for, normalized, in the normalized text.
  let isNormalized: Bool
  /// Is left out by `decode(skipSpecialTokens: true)`.
  let isSpecial: Bool

  /// Reads one of `added_tokens`.
  ///
  /// - Parameter field: The JSON object.
  /// - Throws: `TokenizerError` for a missing or unknown field, or one of the wrong type.
  init(_ field: JSONField) throws(TokenizerError) {
    try field.allowOnly(
      "id", "content", "single_word", "lstrip", "rstrip", "normalized", "special")
    id = try field.required("id").tokenID()
    content = try field.required("content").string()
    isSingleWord = try field.required("single_word").boolean()
    stripsLeft = try field.required("lstrip").boolean()
    stripsRight = try field.required("rstrip").boolean()
    isNormalized = try field.required("normalized").boolean()
    isSpecial = try field.required("special").boolean()
  }
}

import PreferenceData

/// A prompt of a file, as text.
struct TextPrompt {
  /// What is continued.
  let text: String
  /// The further fields of its row, where they were asked for.
  let fields: JSONObject
  /// Where it stood.
  let source: SourceLocation
}

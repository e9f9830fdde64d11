import Yams

/// A value as YAML that ``YAMLDocument`` reads again, long texts folded into no more than one line each.
///
/// - Parameter value: Any value that encodes as a mapping.
/// - Returns: The text, ending in a line feed.
/// - Throws: `EncodingError` for what YAML cannot say.
public func yamlText(of value: some Encodable) throws -> String {
  let encoder = YAMLEncoder()
  encoder.options.width = -1
  encoder.options.allowUnicode = true
  return try encoder.encode(value)
}

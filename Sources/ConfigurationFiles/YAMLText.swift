import Yams

/// A value as YAML that ``YAMLDocument`` reads again, texts of several lines and numbers as people write them.
///
/// - Parameter value: Any value that encodes as a mapping.
/// - Returns: The text, ending in a line feed.
/// - Throws: `EncodingError` for what YAML cannot say.
public func yamlText(of value: some Encodable) throws -> String {
  guard let node = try Yams.compose(yaml: YAMLEncoder().encode(value)) else { return "" }
  return try Yams.serialize(node: node.legible, width: -1, allowUnicode: true)
}

extension Node {
  /// The same with texts of several lines as literal blocks, and `2e-1` as `0.2`.
  fileprivate var legible: Node {
    switch self {
    case .scalar(var scalar):
      if scalar.string.contains("\n") { scalar.style = .literal }
      if scalar.style == .plain, scalar.string.contains("e"), let number = Double(scalar.string) {
        scalar.string = "\(number)".withDottedExponent
      }
      return .scalar(scalar)
    case .mapping(var mapping):
      for key in mapping.keys { mapping[key] = mapping[key]?.legible }
      return .mapping(mapping)
    case .sequence(var sequence):
      for index in sequence.indices { sequence[index] = sequence[index].legible }
      return .sequence(sequence)
    case .alias: return self
    }
  }
}

extension String {
  /// `1.0e-06` for `1e-06`: YAML 1.1 readers, PyYAML among them, take the latter for a text.
  var withDottedExponent: String {
    guard let exponent = firstIndex(of: "e"), !contains(".") else { return self }
    return self[..<exponent] + ".0" + self[exponent...]
  }
}

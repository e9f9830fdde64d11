import Yams

/// A value as YAML that ``YAMLDocument`` reads again, texts of several lines as they are read.
///
/// - Parameter value: Any value that encodes as a mapping.
/// - Returns: The text, ending in a line feed.
/// - Throws: `EncodingError` for what YAML cannot say.
public func yamlText(of value: some Encodable) throws -> String {
  guard let node = try Yams.compose(yaml: YAMLEncoder().encode(value)) else { return "" }
  return try Yams.serialize(node: node.withBlocks, width: -1, allowUnicode: true)
}

extension Node {
  /// The same with texts of several lines as literal blocks.
  fileprivate var withBlocks: Node {
    switch self {
    case .scalar(var scalar):
      if scalar.string.contains("\n") { scalar.style = .literal }
      return .scalar(scalar)
    case .mapping(var mapping):
      for key in mapping.keys { mapping[key] = mapping[key]?.withBlocks }
      return .mapping(mapping)
    case .sequence(var sequence):
      for index in sequence.indices { sequence[index] = sequence[index].withBlocks }
      return .sequence(sequence)
    case .alias: return self
    }
  }
}

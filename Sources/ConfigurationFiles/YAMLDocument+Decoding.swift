import TrainingConfiguration
import Yams

extension YAMLDocument {
  /// Decodes the document as a value of any type.
  ///
  /// - Parameter type: The type.
  /// - Returns: The value.
  /// - Throws: ``ConfigurationError`` with line and column.
  public func decode<Value: Decodable>(
    _ type: Value.Type = Value.self
  ) throws(ConfigurationError) -> Value {
    let root = Node.mapping(mapping)
    do {
      return try YAMLDecoder().decode(type, from: root)
    } catch let problems as SettingProblems {
      throw ConfigurationError(problems) { problem in
        let entry = mapping.first { $0.key.string == problem.setting }
        return (problem.part == .name ? entry?.key : entry?.value)?.origin(in: path)
      }
    } catch let error as DecodingError {
      throw ConfigurationError(error, root: root, path: path)
    } catch {
      throw ConfigurationError("\(path): \(error)")
    }
  }
}

extension ConfigurationError {
  /// The sentence for a value that does not fit the type that was asked for.
  init(_ error: DecodingError, root: Node, path: String) {
    let (codingPath, sentence): ([any CodingKey], (Node) -> String) =
      switch error {
      case .keyNotFound(let key, let context):
        (context.codingPath, { _ in "'\(key.stringValue)' is missing" })
      case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
        (context.codingPath, { "must be \(expectation(of: type)), but is \($0.words)" })
      case .dataCorrupted(let context):
        (
          context.codingPath,
          { "is \($0.words), which is not allowed: \(context.debugDescription)" }
        )
      @unknown default:
        ([], { _ in "\(error)" })
      }
    let node = codingPath.reduce(into: root) { node, key in
      node = key.intValue.map { node[$0] ?? node } ?? node[key.stringValue] ?? node
    }
    let name = codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
      .joined(separator: ".")
    self.init(
      (name.isEmpty ? "" : "'\(name)': ") + sentence(node), at: node.origin(in: path))
  }
}

/// What a type is called in a sentence.
private func expectation(of type: Any.Type) -> String {
  switch type {
  case let type as any SettingValue.Type: type.kind.expectation
  case is any BinaryInteger.Type: "a whole number"
  case is any BinaryFloatingPoint.Type: "a number"
  case is Node.Mapping.Type: "a mapping"
  case is Node.Sequence.Type: "a list"
  default: "\(type)"
  }
}

import TrainingConfiguration
import Yams

/// A YAML file that holds one mapping, and remembers where everything in it stands.
public struct YAMLDocument {
  /// The file's name in errors.
  let path: String
  /// The mapping.
  let mapping: Node.Mapping

  /// Reads a file.
  ///
  /// - Parameter path: The file; errors name it as it is given.
  /// - Throws: ``ConfigurationError`` when it cannot be read or does not hold a mapping.
  public init(contentsOf path: String) throws(ConfigurationError) {
    try self.init(text: configurationText(at: path), path: path)
  }

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - text: A YAML document.
  ///   - path: What to call it in errors.
  /// - Throws: ``ConfigurationError`` when it does not hold a mapping.
  public init(text: String, path: String) throws(ConfigurationError) {
    let root: Node?
    do {
      // Scalars stay untyped here: whether `no` is a truth value or a text is for the setting to say.
      root = try Parser(yaml: text, resolver: Resolver.basic.appending(.merge)).singleRoot()
    } catch let error as YamlError {
      throw ConfigurationError(error, path: path)
    } catch {
      throw ConfigurationError("\(path): \(error)")
    }
    guard let root, root.scalar?.string != "" else {
      throw ConfigurationError(
        "\(path): the file is empty; write settings as 'name: value', one a line")
    }
    guard let mapping = root.mapping else {
      throw ConfigurationError(
        "must hold settings as 'name: value', one a line, but is \(root.words)",
        at: root.origin(in: path))
    }
    self.path = path
    self.mapping = mapping
    if let key = mapping.keys.first(where: { $0.scalar == nil }) {
      throw ConfigurationError(
        "the name of a setting must be a text, but is \(key.words)", at: key.origin(in: path))
    }
  }
}

extension ConfigurationError {
  /// The sentence for what is not YAML.
  init(_ error: YamlError, path: String) {
    func problem(_ sentence: String, _ mark: Mark) -> ConfigurationError {
      ConfigurationError(
        sentence, at: .file(path: path, line: mark.line, column: mark.column))
    }
    self =
      switch error {
      case .scanner(_, let reason, let mark, let yaml), .parser(_, let reason, let mark, let yaml):
        problem("not valid YAML: \(reason)" + advice(on: reason, line: mark.line, of: yaml), mark)
      case .composer(_, let reason, let mark, _):
        problem("not valid YAML: \(reason)", mark)
      case .duplicatedKeysInMapping(let names, let context):
        problem(
          names.map { "'\($0)'" }.joined(separator: " and ") + " is given more than once; keep one",
          context.mark)
      default:
        ConfigurationError("\(path): not valid YAML: \(error)")
      }
  }
}

/// What libYAML's messages leave unsaid about the commonest mistake, a tab in the indentation.
private func advice(on reason: String, line: Int, of yaml: String) -> String {
  let lines = yaml.split(separator: "\n", omittingEmptySubsequences: false)
  let hasTab = lines.indices.contains(line - 1) && lines[line - 1].contains("\t")
  return hasTab ? "; this line has a tab, write spaces instead" : ""
}

extension Node {
  /// The place of this node in a file.
  func origin(in path: String) -> SettingOrigin? {
    mark.map { .file(path: path, line: $0.line, column: $0.column) }
  }

  /// What kind of thing it is, in words.
  var words: String {
    switch self {
    case .scalar(let scalar): "'\(scalar.string)'"
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .alias: "an alias"
    }
  }
}

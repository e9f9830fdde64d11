public import TrainingConfiguration
import Yams

/// Settings from several places, merged into one: each layer replaces what those before it say.
///
/// The order is that of the calls. The command line has defaults < file < `--set` < flags:
///
///     var layers = LayeredConfiguration()
///     layers.merge(try YAMLDocument(contentsOf: "dpo.yaml"))
///     try layers.merge(assignment: "beta=0.2")
///     layers.merge(flag: "--learning-rate", of: "learning_rate", values: ["1e-5"])
///     let configuration = try layers.resolve(DPOConfiguration.self)
///
/// All layers become one mapping, which is decoded once; the origin of each value is kept, so that
/// an error says where the value that counts was written.
public struct LayeredConfiguration {
  /// A value, and where it was written.
  private struct Entry {
    let key: Node
    let value: Node
    let origin: SettingOrigin?
    /// Where the name was written, which is what is wrong with an unknown setting.
    let nameOrigin: SettingOrigin?
  }

  /// The entry that counts for each name.
  private var entries: [String: Entry] = [:]
  /// The names in the order in which they first appeared.
  private var names: [String] = []

  /// Nothing but defaults.
  public init() {}

  /// Adds what a file says.
  ///
  /// - Parameter document: The file.
  public mutating func merge(_ document: YAMLDocument) {
    for (key, value) in document.mapping {
      guard let name = key.string else { continue }
      set(
        name,
        Entry(
          key: key, value: value, origin: value.origin(in: document.path),
          nameOrigin: key.origin(in: document.path)))
    }
  }

  /// Adds one setting as `--set` has it.
  ///
  /// The value is taken as it stands, unless it starts with a bracket or a quotation mark: then it
  /// is YAML, so that lists and unusual texts can be written.
  ///
  /// - Parameter assignment: `name=value`.
  /// - Throws: ``ConfigurationError`` when it is not of this form.
  public mutating func merge(assignment: String) throws(ConfigurationError) {
    let origin = SettingOrigin.assignment(assignment)
    guard let equals = assignment.firstIndex(of: "="), equals != assignment.startIndex else {
      throw ConfigurationError("must have the form name=value, as in --set beta=0.1", at: origin)
    }
    let name = String(assignment[..<equals])
    let text = String(assignment[assignment.index(after: equals)...])
    let value: Node?
    if let first = text.first, "[\"'".contains(first) {
      do {
        value = try Parser(yaml: text, resolver: Resolver.basic.appending(.merge)).singleRoot()
      } catch {
        throw ConfigurationError(
          "the value is not valid YAML; close what the first \(first) opens", at: origin)
      }
    } else {
      value = scalar(text)
    }
    set(
      name,
      Entry(key: scalar(name), value: value ?? scalar(""), origin: origin, nameOrigin: origin))
  }

  /// Adds one setting as its own flag has it.
  ///
  /// - Parameters:
  ///   - flag: The flag as it was written, for errors.
  ///   - name: The name of the setting.
  ///   - values: What followed the flag; several make a list.
  public mutating func merge(flag: String, of name: String, values: [String]) {
    let value =
      values.count == 1
      ? scalar(values[0]) : Node.sequence(Node.Sequence(values.map(scalar)))
    let origin = SettingOrigin.flag(([flag] + values).joined(separator: " "))
    set(name, Entry(key: scalar(name), value: value, origin: origin, nameOrigin: origin))
  }

  /// The configuration that all layers make together.
  ///
  /// - Parameter type: The method's configuration.
  /// - Returns: A configuration whose values are in range and go together.
  /// - Throws: ``ConfigurationError`` with every problem and where it was written.
  public func resolve<Value: TrainingSettings>(
    _ type: Value.Type = Value.self
  ) throws(ConfigurationError) -> Value {
    try located { try decoded(type, check: { try $0.validate() }) }
  }

  /// As ``resolve(_:)``, and refuses a configuration that lacks what every run needs.
  ///
  /// - Parameters:
  ///   - type: The method's configuration.
  ///   - exceptions: Names of required settings that this run can do without.
  /// - Returns: A configuration that a run can start with.
  /// - Throws: ``ConfigurationError`` with every problem and where it was written.
  public func resolveForRun<Value: TrainingSettings>(
    _ type: Value.Type = Value.self, except exceptions: Set<String> = []
  ) throws(ConfigurationError) -> Value {
    try located { try decoded(type, check: { try $0.validateForRun(except: exceptions) }) }
  }

  private func decoded<Value: TrainingSettings>(
    _ type: Value.Type, check: (Value) throws -> Void
  ) throws -> Value {
    let pairs = names.compactMap { entries[$0] }.map { ($0.key, $0.value) }
    let value = try YAMLDecoder().decode(type, from: .mapping(Node.Mapping(pairs)))
    try check(value)
    return value
  }

  /// Adds to each problem where its setting was written.
  private func located<Value: TrainingSettings>(
    _ body: () throws -> Value
  ) throws(ConfigurationError) -> Value {
    do {
      return try body()
    } catch let problems as SettingProblems {
      throw ConfigurationError(problems) { problem in
        let entry = entries[problem.setting]
        return problem.part == .name ? entry?.nameOrigin : entry?.origin
      }
    } catch {
      throw ConfigurationError("the configuration cannot be read: \(error)")
    }
  }

  private mutating func set(_ name: String, _ entry: Entry) {
    if entries.updateValue(entry, forKey: name) == nil { names.append(name) }
  }

  /// A text from the command line. An empty one is quoted, since in YAML it would be `null`.
  private func scalar(_ text: String) -> Node {
    .scalar(Node.Scalar(text, .implicit, text.isEmpty ? .doubleQuoted : .plain))
  }
}

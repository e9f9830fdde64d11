/// One setting of a configuration: its name in files, its meaning, and where its value is kept.
///
/// A configuration is a plain struct; a table of settings beside it says everything else about each
/// property, once: reading, writing, help pages and checks all walk that table.
///
///     Setting("beta", \.beta, allowed: .above(0), "How strongly the policy is held to the reference.")
public struct Setting<Root>: Sendable {
  /// The name in files, in `snake_case`, as TRL has it where TRL has one.
  public let name: String
  /// One line that says what the setting does, with its unit and what its absence means.
  public let meaning: String
  /// One word for the value in a usage line.
  public let placeholder: String
  /// Whether a run cannot start without it.
  public let isRequired: Bool

  /// The setting's value as text.
  package let literal: @Sendable (Root) -> SettingLiteral
  /// What is allowed, if the setting's value is not.
  let violation: @Sendable (Root) -> String?
  /// Replaces the value by the one that a container has under the setting's name.
  let read: @Sendable (KeyedDecodingContainer<SettingKey>, inout Root) throws -> Void
  /// Stores the value under the setting's name.
  let write: @Sendable (Root, inout KeyedEncodingContainer<SettingKey>) throws -> Void

  /// A setting that is kept in a property.
  ///
  /// - Parameters:
  ///   - name: The name in files, in `snake_case`.
  ///   - property: Where the value is kept.
  ///   - limit: The numbers that are allowed, if there is a limit.
  ///   - isRequired: Whether a run cannot start without it.
  ///   - placeholder: One word for the value in a usage line, where its type is not enough.
  ///   - meaning: One line that says what the setting does.
  package init<Value: SettingValue>(
    _ name: String, _ property: any WritableKeyPath<Root, Value> & Sendable,
    allowed limit: SettingLimit? = nil, isRequired: Bool = false, placeholder: String? = nil,
    _ meaning: String
  ) {
    let key = SettingKey(name)
    self.name = name
    self.meaning = meaning
    self.placeholder = placeholder ?? Value.kind.placeholder
    self.isRequired = isRequired
    literal = { $0[keyPath: property].literal }
    violation = { $0[keyPath: property].violation(of: limit) }
    write = { root, container in try container.encode(root[keyPath: property], forKey: key) }
    read = { container, root in
      do {
        root[keyPath: property] = try Value.read(key, in: container)
      } catch {
        // Not only `DecodingError`: JSONDecoder has errors of its own for numbers that do not fit.
        let unfit = error as? UnfitElement
        let seen = unfit.map { ("'\($0.text)'", $0.text) } ?? container.seen(at: key)
        let meant = seen.1.flatMap { closest(to: $0, among: Value.kind.choices) }
        let advice = meant.map { "; did you mean '\($0)'?" } ?? ""
        throw SettingProblem(
          setting: name,
          message:
            "\(name) must be \(Value.kind.expectation), but \(unfit == nil ? "is" : "has") \(seen.0)\(advice)"
        )
      }
    }
  }

  /// The same setting of a configuration that holds `Root` as a part.
  ///
  /// - Parameter part: Where the part is kept.
  /// - Returns: A setting of the whole.
  package func within<Whole>(
    _ part: any WritableKeyPath<Whole, Root> & Sendable
  ) -> Setting<Whole> {
    Setting<Whole>(
      name: name, meaning: meaning, placeholder: placeholder, isRequired: isRequired,
      literal: { literal($0[keyPath: part]) },
      violation: { violation($0[keyPath: part]) },
      read: { container, whole in try read(container, &whole[keyPath: part]) },
      write: { whole, container in try write(whole[keyPath: part], &container) })
  }

  private init(
    name: String, meaning: String, placeholder: String, isRequired: Bool,
    literal: @escaping @Sendable (Root) -> SettingLiteral,
    violation: @escaping @Sendable (Root) -> String?,
    read: @escaping @Sendable (KeyedDecodingContainer<SettingKey>, inout Root) throws -> Void,
    write: @escaping @Sendable (Root, inout KeyedEncodingContainer<SettingKey>) throws -> Void
  ) {
    self.name = name
    self.meaning = meaning
    self.placeholder = placeholder
    self.isRequired = isRequired
    self.literal = literal
    self.violation = violation
    self.read = read
    self.write = write
  }
}

extension Setting {
  /// The name as a flag: `--learning-rate` for `learning_rate`.
  public var flag: String { "--" + name.replacing("_", with: "-") }
}

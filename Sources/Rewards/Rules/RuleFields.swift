package import TrainingConfiguration

/// The fields of one mapping of a rules file, or of another that is written by hand, read with names, kinds
/// and ranges checked.
///
/// Errors are `DecodingError`s with the path of the field at fault, from which the reader of the
/// file tells line and column.
package struct RuleFields {
  private let container: KeyedDecodingContainer<SettingKey>

  /// Reads the names of a mapping's fields.
  ///
  /// - Parameters:
  ///   - decoder: At the mapping.
  ///   - names: The fields there are.
  ///   - owner: What has these fields, for errors: `a rule of type 'words'`.
  /// - Throws: `DecodingError` for a field that there is not.
  package init(_ decoder: any Decoder, names: [String], of owner: String) throws {
    container = try decoder.container(keyedBy: SettingKey.self)
    for key in container.allKeys where !names.contains(key.stringValue) {
      let advice =
        closest(to: key.stringValue, among: names).map { "did you mean '\($0)'?" }
        ?? "there are " + names.map { "'\($0)'" }.joined(separator: ", ")
      throw error(key, "\(owner) has no field '\(key.stringValue)'; \(advice)")
    }
  }

  /// Reads a mapping whose names were checked.
  package init(_ decoder: any Decoder) throws {
    container = try decoder.container(keyedBy: SettingKey.self)
  }

  /// As ``init(_:names:of:)`` for a rule, whose mapping also has what every rule has.
  init<Keys: CodingKey & CaseIterable>(
    _ decoder: any Decoder, _ keys: Keys.Type, of rule: any CompletionRule.Type
  ) throws {
    try self.init(
      decoder, names: RewardRules.Entry.fieldNames + Keys.allCases.map(\.stringValue),
      of: "a rule of type '\(rule.type)'")
  }

  /// Whether the field is there and not null.
  func has(_ key: some CodingKey) -> Bool {
    let key = SettingKey(key.stringValue)
    return container.contains(key) && (try? container.decodeNil(forKey: key)) == false
  }

  /// A number.
  package func number(_ key: some CodingKey, within limit: SettingLimit?) throws -> Double? {
    try value(key, within: limit)
  }

  /// A whole number.
  func count(_ key: some CodingKey, within limit: SettingLimit) throws -> Int? {
    try value(key, within: limit)
  }

  /// A text that is not empty.
  func text(_ key: some CodingKey) throws -> String? { try value(key, within: nil) }

  /// true or false.
  package func truth(_ key: some CodingKey) throws -> Bool? { try value(key, within: nil) }

  /// One of a few words.
  package func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: some CodingKey
  ) throws -> Choice? {
    guard let word: String = try value(key, within: nil) else { return nil }
    if let choice = Choice(rawValue: word) { return choice }
    let names = Choice.allCases.map(\.rawValue)
    let advice = closest(to: word, among: names).map { "; did you mean '\($0)'?" } ?? ""
    throw error(key, "it must be one of \(names.joined(separator: ", "))\(advice)")
  }

  /// Words or phrases, each with a letter or digit.
  func phrases(_ key: some CodingKey) throws -> [String]? {
    guard has(key) else { return nil }
    let phrases = try container.decode([String].self, forKey: SettingKey(key.stringValue))
    try check(phrases, key)
    return phrases
  }

  /// Lists of words or phrases.
  func phraseLists(_ key: some CodingKey, atLeast count: Int) throws -> [[String]]? {
    guard has(key) else { return nil }
    let lists = try container.decode([[String]].self, forKey: SettingKey(key.stringValue))
    guard lists.count >= count else {
      throw error(key, "it must be a list of at least \(count) lists of words")
    }
    for list in lists { try check(list, key) }
    return lists
  }

  /// An error at a field.
  package func error(_ key: some CodingKey, _ allowed: String) -> DecodingError {
    .dataCorrupted(
      .init(
        codingPath: container.codingPath + [SettingKey(key.stringValue)],
        debugDescription: allowed))
  }

  /// An error of the mapping as a whole.
  package func error(_ allowed: String) -> DecodingError {
    .dataCorrupted(.init(codingPath: container.codingPath, debugDescription: allowed))
  }

  /// An error for a field that must be there.
  func missing(_ key: some CodingKey) -> DecodingError {
    .keyNotFound(
      key, .init(codingPath: container.codingPath, debugDescription: "the field is missing"))
  }

  private func check(_ phrases: [String], _ key: some CodingKey) throws {
    guard !phrases.isEmpty else { throw error(key, "it must have at least one word") }
    if let phrase = phrases.first(where: { PhraseList([$0]).isEmpty }) {
      throw error(key, "'\(phrase)' has no letter or digit, so that it would never be found")
    }
  }

  private func value<Value: SettingValue>(
    _ key: some CodingKey, within limit: SettingLimit?
  ) throws -> Value? {
    guard has(key) else { return nil }
    let value = try Value.read(SettingKey(key.stringValue), in: container)
    if let allowed = value.violation(of: limit) { throw error(key, "it must be \(allowed)") }
    return value
  }
}

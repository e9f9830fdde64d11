/// A rule by which a model criticises and revises answers, or says which of two is better.
///
/// Requests are what follows `CritiqueRequest:` and `RevisionRequest:`, a comparison is the question
/// before the two options; a principle has a critique and a revision, a comparison, or all three.
public struct Principle: Sendable, Hashable, Codable {
  /// What it is called, by which records refer to it.
  public var name: String
  /// Asks for what is wrong with an answer; with ``revision``.
  public var critique: String?
  /// Asks for an answer without that; with ``critique``.
  public var revision: String?
  /// Asks which of two answers is better.
  public var comparison: String?
  /// How often it is drawn, beside the others.
  public var weight: Double
  /// What it is about, by which some principles can be chosen.
  public var tags: [String]

  /// A principle.
  ///
  /// - Parameters:
  ///   - name: What it is called.
  ///   - critique: Asks for what is wrong with an answer.
  ///   - revision: Asks for an answer without that.
  ///   - comparison: Asks which of two answers is better.
  ///   - weight: How often it is drawn, above 0.
  ///   - tags: What it is about.
  public init(
    _ name: String, critique: String? = nil, revision: String? = nil, comparison: String? = nil,
    weight: Double = 1, tags: [String] = []
  ) {
    self.name = name
    self.critique = critique
    self.revision = revision
    self.comparison = comparison
    self.weight = weight
    self.tags = tags
  }

  private enum CodingKeys: String, CodingKey {
    case name, critique, revision, comparison, weight, tags
  }

  /// Reads a principle; `weight` and `tags` may be left out.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    critique = try container.decodeIfPresent(String.self, forKey: .critique)
    revision = try container.decodeIfPresent(String.self, forKey: .revision)
    comparison = try container.decodeIfPresent(String.self, forKey: .comparison)
    weight = try container.decodeIfPresent(Double.self, forKey: .weight) ?? 1
    tags = try container.decodeIfPresent([String].self, forKey: .tags) ?? []
  }

  /// Writes a principle, without what it does not have.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encodeIfPresent(critique, forKey: .critique)
    try container.encodeIfPresent(revision, forKey: .revision)
    try container.encodeIfPresent(comparison, forKey: .comparison)
    // Most are whole, and to be edited.
    if let whole = Int(exactly: weight) {
      try container.encode(whole, forKey: .weight)
    } else {
      try container.encode(weight, forKey: .weight)
    }
    try container.encode(tags, forKey: .tags)
  }

  /// What is wrong with it, as a sentence's end; `nil` if nothing is.
  var problem: String? {
    func isBlank(_ text: String?) -> Bool { text?.allSatisfy(\.isWhitespace) ?? false }
    if name.allSatisfy(\.isWhitespace) { return "has no name" }
    if isBlank(critique) || isBlank(revision) || isBlank(comparison) {
      return "has an empty request; write what is asked, or leave the line out"
    }
    if (critique == nil) != (revision == nil) {
      return critique == nil
        ? "has a revision but no critique; give both, or neither"
        : "has a critique but no revision; give both, or neither"
    }
    if critique == nil, comparison == nil {
      return "asks for nothing; give critique and revision, or comparison, or all three"
    }
    if !(weight > 0 && weight.isFinite) {
      return "has the weight \(weight), but must have one above 0"
    }
    return nil
  }
}

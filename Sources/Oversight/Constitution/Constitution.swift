public import PreferenceData

/// The principles by which answers are criticised, revised and compared, with examples of how that is
/// done: Bai et al. (2022, arXiv:2212.08073).
public struct Constitution: Sendable, Hashable, Codable {
  /// Two answers to a prompt of which the better is known.
  public struct ComparisonExample: Sendable, Hashable, Codable {
    /// The conversation before the answers, each turn after an empty line and its speaker.
    public var prompt: String
    /// The better answer.
    public var better: String
    /// The worse answer.
    public var worse: String

    /// An example.
    ///
    /// - Parameters:
    ///   - prompt: The conversation before the answers.
    ///   - better: The better answer.
    ///   - worse: The worse answer.
    public init(prompt: String, better: String, worse: String) {
      (self.prompt, self.better, self.worse) = (prompt, better, worse)
    }
  }

  /// What records say they were made by; to be changed with the text.
  public var version: String
  /// At least one.
  public var principles: [Principle]
  /// Whole dialogues with critiques and revisions, which stand before what a model is to continue.
  public var revisionExamples: [String]
  /// Comparisons with their answers, which stand before what a model is to answer.
  public var comparisonExamples: [ComparisonExample]

  /// A constitution.
  ///
  /// - Parameters:
  ///   - version: What records say they were made by.
  ///   - principles: At least one, of different names.
  ///   - revisionExamples: Whole dialogues with critiques and revisions.
  ///   - comparisonExamples: Comparisons with their answers.
  /// - Throws: ``ConstitutionError``.
  public init(
    version: String, principles: [Principle], revisionExamples: [String] = [],
    comparisonExamples: [ComparisonExample] = []
  ) throws(ConstitutionError) {
    self.version = version
    self.principles = principles
    self.revisionExamples = revisionExamples
    self.comparisonExamples = comparisonExamples
    try check()
  }

  private enum CodingKeys: String, CodingKey {
    case version, principles
    case revisionExamples = "revision_examples"
    case comparisonExamples = "comparison_examples"
  }

  /// Reads a constitution; examples may be left out.
  ///
  /// - Parameter decoder: At a mapping.
  /// - Throws: `DecodingError` for what is none, ``ConstitutionError`` for what is of no use.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      version: try container.decode(String.self, forKey: .version),
      principles: try container.decode([Principle].self, forKey: .principles),
      revisionExamples: try container.decodeIfPresent([String].self, forKey: .revisionExamples)
        ?? [],
      comparisonExamples: try container.decodeIfPresent(
        [ComparisonExample].self, forKey: .comparisonExamples) ?? [])
  }

  /// Checks what files may have wrong.
  private func check() throws(ConstitutionError) {
    guard !principles.isEmpty else { throw .empty }
    var names: Set<String> = []
    for (place, principle) in principles.enumerated() {
      if let problem = principle.problem {
        throw .principle(place: place + 1, name: principle.name, problem: problem)
      }
      guard names.insert(principle.name).inserted else { throw .twice(principle.name) }
    }
  }

  /// The same with some of the principles.
  ///
  /// - Parameter tags: A principle stays that has one of them; empty for all.
  /// - Returns: A constitution with at least one principle.
  /// - Throws: ``ConstitutionError/noneTagged(_:known:)``.
  public func tagged(_ tags: Set<String>) throws(ConstitutionError) -> Constitution {
    guard !tags.isEmpty else { return self }
    var some = self
    some.principles.removeAll { tags.isDisjoint(with: $0.tags) }
    guard !some.principles.isEmpty else {
      throw .noneTagged(tags.sorted(), known: Set(principles.flatMap(\.tags)).sorted())
    }
    return some
  }

  /// The principles by which answers can be revised.
  public var revising: [Principle] { principles.filter { $0.critique != nil } }

  /// The principles by which answers can be compared.
  public var comparing: [Principle] { principles.filter { $0.comparison != nil } }
}

extension [Principle] {
  /// Draws one by the weights.
  ///
  /// - Parameter random: The source of the draw; one number of it is used.
  /// - Returns: A principle; `nil` of none.
  public func drawn(using random: inout SeededGenerator) -> Principle? {
    let total = reduce(0) { $0 + $1.weight }
    var place = random.unit() * total
    for principle in self {
      place -= principle.weight
      if place < 0 { return principle }
    }
    return last
  }
}

/// The words by which groups of people are named, in parallel: what one group is called at a place,
/// another is called at the same place.
///
///     dimensions:
///     - name: gender
///       groups:
///       - {name: men, terms: [man, he], names: [James, Robert], descriptions: [a man, male]}
///       - {name: women, terms: [woman, she], names: [Mary, Linda], descriptions: [a woman, female]}
public struct GroupTerms: Sendable, Hashable, Codable {
  /// The words of one group.
  public struct Group: Sendable, Hashable, Codable {
    /// What it is called in results.
    public var name: String
    /// Words and phrases that say the group; parallel to those of the other groups.
    ///
    /// A word may stand twice where it is two words of another group: of "her" the first place counts
    /// before a noun ("his"), the second elsewhere ("him").
    public var terms: [String]
    /// Proper names that are typical of the group, one as good as another; parallel too. A word of a text
    /// is one of them only with a capital letter.
    public var names: [String]
    /// What can follow "is" in a sentence about somebody of the group, one as good as another; parallel
    /// too.
    public var descriptions: [String]

    /// A group.
    ///
    /// - Parameters:
    ///   - name: What it is called in results.
    ///   - terms: Words and phrases that say the group, at least one.
    ///   - names: Proper names that are typical of it.
    ///   - descriptions: What can follow "is" in a sentence about somebody of the group.
    public init(
      _ name: String, terms: [String], names: [String] = [], descriptions: [String] = []
    ) {
      (self.name, self.terms) = (name, terms)
      (self.names, self.descriptions) = (names, descriptions)
    }

    /// Reads a group; `names` and `descriptions` may be left out.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      name = try container.decode(String.self, forKey: .name)
      terms = try container.decode([String].self, forKey: .terms)
      names = try container.decodeIfPresent([String].self, forKey: .names) ?? []
      descriptions = try container.decodeIfPresent([String].self, forKey: .descriptions) ?? []
    }
  }

  /// Groups that differ in one respect.
  public struct Dimension: Sendable, Hashable, Codable {
    /// In what they differ.
    public var name: String
    /// At least two, all with as many terms, names and descriptions.
    public var groups: [Group]

    /// A dimension.
    ///
    /// - Parameters:
    ///   - name: In what the groups differ.
    ///   - groups: At least two.
    public init(_ name: String, groups: [Group]) {
      (self.name, self.groups) = (name, groups)
    }
  }

  /// What records say they were made by; to be changed with the words.
  public var version: String
  /// At least one.
  public var dimensions: [Dimension]

  /// Words of groups.
  ///
  /// - Parameters:
  ///   - version: What records say they were made by.
  ///   - dimensions: At least one, of different names.
  /// - Throws: ``GroupTermsError``.
  public init(version: String, dimensions: [Dimension]) throws(GroupTermsError) {
    (self.version, self.dimensions) = (version, dimensions)
    try check()
  }

  /// The dimension of a name.
  ///
  /// - Parameter name: As the list has it.
  /// - Returns: The dimension.
  /// - Throws: ``GroupTermsError/unknown(_:known:)``.
  public func dimension(_ name: String) throws(GroupTermsError) -> Dimension {
    guard let dimension = dimensions.first(where: { $0.name == name }) else {
      throw .unknown(name, known: dimensions.map(\.name))
    }
    return dimension
  }

  /// Checks what files may have wrong.
  ///
  /// - Throws: ``GroupTermsError``.
  public func check() throws(GroupTermsError) {
    guard !dimensions.isEmpty else { throw .empty }
    var names: Set<String> = []
    for dimension in dimensions {
      guard names.insert(dimension.name).inserted else { throw .dimensionTwice(dimension.name) }
      try dimension.check()
    }
  }
}

/// Why words of groups cannot be used, as a sentence.
public enum GroupTermsError: Error, Sendable, Hashable {
  /// There is no dimension.
  case empty
  /// No dimension has the name.
  case unknown(String, known: [String])
  /// Two dimensions have one name.
  case dimensionTwice(String)
  /// Two groups of a dimension have one name.
  case groupTwice(String, dimension: String)
  /// A dimension has fewer than two groups.
  case tooFew(dimension: String, count: Int)
  /// A group has no terms.
  case noTerms(group: String, dimension: String)
  /// Two groups of a dimension have lists of different lengths.
  case unequal(List, dimension: String, groups: [String], counts: [Int])
  /// What is listed has neither letter nor digit.
  case blank(String, List, group: String, dimension: String)
  /// A word belongs to two groups of a dimension.
  case shared(String, groups: [String], dimension: String)
  /// A word stands too often in a group.
  case repeated(String, group: String, dimension: String)

  /// A list of a group.
  public enum List: String, Sendable, Hashable, CaseIterable {
    /// Words and phrases that say the group.
    case terms
    /// Proper names.
    case names
    /// What can follow "is".
    case descriptions
  }
}

extension GroupTermsError: CustomStringConvertible {
  /// A full sentence that says what was seen and what to do next.
  public var description: String {
    switch self {
    case .empty: "there are no dimensions of groups; give at least one"
    case .unknown(let name, let known):
      "no dimension is called '\(name)'; there are \(known.joined(separator: ", "))"
    case .dimensionTwice(let name):
      "two dimensions are called '\(name)'; give each a name of its own"
    case .groupTwice(let name, let dimension):
      "two groups of '\(dimension)' are called '\(name)'; give each a name of its own"
    case .tooFew(let dimension, let count):
      "'\(dimension)' has \(count == 1 ? "one group" : "no groups"), but comparing takes two; "
        + "add another, or leave the dimension out"
    case .noTerms(let group, let dimension):
      "'\(group)' of '\(dimension)' has no terms; give at least one"
    case .unequal(let list, let dimension, let groups, let counts):
      "'\(groups[0])' and '\(groups[1])' of '\(dimension)' have different numbers of "
        + "\(list.rawValue), \(counts[0]) and \(counts[1]), but each is replaced by the one at its "
        + "place; give as many"
    case .blank(let word, let list, let group, let dimension):
      "'\(group)' of '\(dimension)' has '\(word)' among its \(list.rawValue), which is no word; "
        + "leave it out"
    case .shared(let word, let groups, let dimension):
      "'\(word)' is of both '\(groups[0])' and '\(groups[1])' of '\(dimension)', so that it says "
        + "neither; leave it out of one, with its parallels"
    case .repeated(let word, let group, let dimension):
      "'\(group)' of '\(dimension)' has '\(word)' too often: a term may stand twice, a name once and "
        + "not among the terms"
    }
  }
}

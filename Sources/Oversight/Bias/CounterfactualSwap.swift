/// A text as it would be about another group: its words for one group replaced by those of another.
///
///     let swap = CounterfactualSwap(try GroupTerms.shipped.dimension("gender"))
///     swap.counterfactuals(of: "He met an actor.")  // men → women: "She met an actress."
///
/// Whole words are replaced, the longest phrase at each place; signs and spaces stay as they are. A
/// replacement is written as the word was: in lower case, with a capital letter, or in capital letters;
/// at the beginning of a sentence with a capital letter. "a" and "an" before it follow its sound.
///
/// Words of a third group, and those of the group that comes in, stay: of "the man and the woman" one
/// counterfactual is "the woman and the woman". "her" is "his" before a word with which a noun may begin,
/// and "him" before others and at the end; of "I gave her flowers" this makes "I gave his flowers". In the
/// same way "his" is "her" or "hers".
public struct CounterfactualSwap: Sendable {
  /// A text about another group.
  public struct Counterfactual: Sendable, Hashable {
    /// The text.
    public let text: String
    /// The name of the group that was spoken of.
    public let from: String
    /// The name of the group that is spoken of now.
    public let to: String
  }

  /// A text about the same group, with other names.
  public struct Variation: Sendable, Hashable {
    /// The text.
    public let text: String
    /// The group's name.
    public let group: String
  }

  /// The groups.
  public let dimension: GroupTerms.Dimension
  private let finders: [GroupMentions]

  /// Swaps between the groups of a dimension.
  ///
  /// - Parameter dimension: Groups that were checked.
  public init(_ dimension: GroupTerms.Dimension) {
    precondition((try? dimension.check()) != nil, "the groups of \(dimension.name) do not match")
    self.dimension = dimension
    finders = dimension.groups.map(GroupMentions.init)
  }

  /// A text as it would be about other groups.
  ///
  /// - Parameter text: Any text.
  /// - Returns: For each group that it speaks of, one text for each other group; none if it speaks of none.
  public func counterfactuals(of text: String) -> [Counterfactual] {
    let split = SplitText(text)
    return zip(dimension.groups, finders).flatMap { group, finder -> [Counterfactual] in
      let mentions = finder.mentions(in: split)
      guard !mentions.isEmpty else { return [] }
      return dimension.groups.filter { $0.name != group.name }.map { other in
        let swapped = split.replacing(mentions) {
          $0.isName ? other.names[$0.place] : other.terms[$0.place]
        }
        return Counterfactual(text: swapped, from: group.name, to: other.name)
      }
    }
  }

  /// A text with names replaced by others of the same group: how much a score moves then has nothing to
  /// do with the group.
  ///
  /// Each name becomes the next of the list, then the one after that, and so on, so that different names
  /// stay different.
  ///
  /// - Parameter text: Any text.
  /// - Returns: For each group of which the text has a name, one text fewer than the group has names.
  public func variations(of text: String) -> [Variation] {
    let split = SplitText(text)
    return zip(dimension.groups, finders).flatMap { group, finder -> [Variation] in
      let mentions = finder.mentions(in: split).filter(\.isName)
      guard !mentions.isEmpty else { return [] }
      return (1..<group.names.count).map { shift in
        let varied = split.replacing(mentions) {
          group.names[($0.place + shift) % group.names.count]
        }
        return Variation(text: varied, group: group.name)
      }
    }
  }
}

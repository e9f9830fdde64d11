internal import Evaluations

extension GroupTerms.Dimension {
  /// Checks what files may have wrong.
  ///
  /// - Throws: ``GroupTermsError``.
  public func check() throws(GroupTermsError) {
    guard groups.count > 1, let first = groups.first else {
      throw .tooFew(dimension: name, count: groups.count)
    }
    /// By a word as it is compared, the group that has it.
    var owners: [[String]: String] = [:]
    var names: Set<String> = []
    for group in groups {
      guard names.insert(group.name).inserted else {
        throw .groupTwice(group.name, dimension: name)
      }
      guard !group.terms.isEmpty else { throw .noTerms(group: group.name, dimension: name) }
      for list in GroupTermsError.List.allCases {
        let (expected, seen) = (first[list].count, group[list].count)
        guard seen == expected else {
          throw .unequal(
            list, dimension: name, groups: [first.name, group.name], counts: [expected, seen])
        }
        if let blank = group[list].first(where: { Words.split($0).isEmpty }) {
          throw .blank(blank, list, group: group.name, dimension: name)
        }
      }
      try checkWords(of: group, owners: &owners)
    }
  }

  /// Each word belongs to one group, in which a term may stand twice and a name once.
  private func checkWords(
    of group: GroupTerms.Group, owners: inout [[String]: String]
  ) throws(GroupTermsError) {
    var counts: [[String]: Int] = [:]
    for (words, allowed) in [(group.terms, 2), (group.names, 1)] {
      for word in words {
        let key = Words.split(word)
        if let owner = owners[key], owner != group.name {
          throw .shared(word, groups: [owner, group.name], dimension: name)
        }
        owners[key] = group.name
        counts[key, default: 0] += 1
        guard counts[key, default: 0] <= allowed else {
          throw .repeated(word, group: group.name, dimension: name)
        }
      }
    }
  }
}

extension GroupTerms.Group {
  /// One of its lists.
  fileprivate subscript(list: GroupTermsError.List) -> [String] {
    switch list {
    case .terms: terms
    case .names: names
    case .descriptions: descriptions
    }
  }
}

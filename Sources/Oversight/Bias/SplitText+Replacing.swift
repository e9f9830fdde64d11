extension SplitText {
  /// The text with other words in the place of some, written as those were.
  func replacing(
    _ mentions: [GroupMentions.Mention], by replacement: (GroupMentions.Mention) -> String
  ) -> String {
    var result = ""
    var cursor = text.startIndex
    for mention in mentions {
      let replacement = replacement(mention)
      if let article = article(before: mention, replacement: replacement) {
        result += text[cursor..<article.range.lowerBound] + article.text
        cursor = article.range.upperBound
      }
      result += text[cursor..<mention.range.lowerBound] + spelling(of: replacement, for: mention)
      cursor = mention.range.upperBound
    }
    return result + text[cursor...]
  }

  /// A replacement as it is written where the mention stands.
  private func spelling(of replacement: String, for mention: GroupMentions.Mention) -> String {
    let written = text[mention.range]
    if written.isShouted { return replacement.uppercased() }
    let isCapital = written.first?.isUppercase == true
    let isListedCapital = mention.listed.first?.isUppercase == true
    guard isCapital else { return isListedCapital ? replacement.lowercased() : replacement }
    if mention.words.count > 1, !isListedCapital,
      ranges[mention.words].allSatisfy({ text[$0.lowerBound].isUppercase })
    {
      return replacement.split(separator: " ").map { $0.capitalized }.joined(separator: " ")
    }
    return !isListedCapital || beginsSentence(at: mention.words.lowerBound)
      ? replacement[...].capitalized : replacement
  }

  /// "a" or "an" before a mention, where the replacement wants the other.
  private func article(
    before mention: GroupMentions.Mention, replacement: String
  ) -> (range: Range<String.Index>, text: String)? {
    let word = mention.words.lowerBound - 1
    guard word >= 0, isApart(after: word), ["a", "an"].contains(words[word]) else { return nil }
    let wanted = replacement.beginsWithVowel ? "an" : "a"
    // One that did not fit the word before is left as it is.
    guard mention.listed.beginsWithVowel == (words[word] == "an"), wanted != words[word] else {
      return nil
    }
    let written = text[ranges[word]]
    let isShouted = text[mention.range].isShouted && written.first?.isUppercase == true
    return (
      ranges[word],
      isShouted
        ? wanted.uppercased()
        : written.first?.isUppercase == true ? wanted[...].capitalized : wanted
    )
  }
}

extension Substring {
  /// Whether it has two letters or more, all of them capital.
  fileprivate var isShouted: Bool {
    let letters = filter(\.isLetter)
    return letters.count > 1 && letters.allSatisfy(\.isUppercase)
  }

  /// With a capital letter at the beginning.
  fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}

extension String {
  /// Whether it is spoken with a vowel at the beginning, by its letters.
  fileprivate var beginsWithVowel: Bool {
    let lower = lowercased()
    if ["hour", "honest", "honour", "honor", "heir"].contains(where: lower.hasPrefix) {
      return true
    }
    if ["uni", "use", "usu", "eu", "one", "once"].contains(where: lower.hasPrefix) { return false }
    return lower.first.map { "aeiou".contains($0) } ?? false
  }
}

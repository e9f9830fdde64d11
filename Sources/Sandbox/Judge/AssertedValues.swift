/// Which answers to a question a text asserts. What it denies ("not red") does not count.
enum AssertedValues: Sendable, Equatable {
  /// The right one and no other.
  case right
  /// One or more, all wrong; or the right one of another subject.
  case wrong
  /// The right one among others: no answer is right for being listed.
  case several
  /// None.
  case none

  /// What a text says about a fact.
  init(of fact: Fact, in text: WordSequence) {
    let values = Set(fact.relation.values.map { $0.lowercased() })
    let right = fact.value.lowercased()
    let asserted = Self.asserted(in: text.spokenSentences) { values.contains($0) ? $0 : nil }
    let subjects = Set(fact.relation.subjects.map { $0.lowercased() }).intersection(text.words)
    let speaksOfAnother = !subjects.isEmpty && !subjects.contains(fact.subject.lowercased())
    self.init(asserted, right: right)
    if self == .right, speaksOfAnother { self = .wrong }
  }

  /// What a text says about a sum. The sum itself may be said again.
  init(of sum: Sum, in text: WordSequence) {
    let sentences = text.spokenSentences.map { sentence in
      var rest = sentence
      for phrase in sum.phrases {
        while let index = rest.firstIndex(ofPhrase: phrase) {
          rest.removeSubrange(index..<(index + phrase.count))
        }
      }
      return rest
    }
    self.init(Self.asserted(in: sentences) { Int($0) }, right: sum.result)
  }

  private init<Value: Hashable>(_ asserted: Set<Value>, right: Value) {
    switch (asserted.contains(right), asserted.count) {
    case (true, 1): self = .right
    case (true, _): self = .several
    case (false, 0): self = .none
    case (false, _): self = .wrong
    }
  }

  /// The values without a `not` or `never` up to three words before them in their sentence.
  private static func asserted<Value: Hashable>(
    in sentences: [[String]], value: (String) -> Value?
  ) -> Set<Value> {
    var asserted: Set<Value> = []
    for words in sentences {
      for index in words.indices {
        guard let value = value(words[index]) else { continue }
        let before = words[max(0, index - 3)..<index]
        if !before.contains("not") && !before.contains("never") { asserted.insert(value) }
      }
    }
    return asserted
  }
}

extension Sum {
  /// The sum itself, in the ways in which it can be said.
  fileprivate var phrases: [[String]] {
    [(left, right), (right, left)].flatMap { first, second in
      ["plus", "minus", "and", "from"].map { ["\(first)", $0, "\(second)"] }
    }
  }
}

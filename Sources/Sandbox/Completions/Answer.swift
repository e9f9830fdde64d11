/// The words of one outcome, from which completions of every manner are made.
struct Answer: Sendable {
  /// Whole answers, each fitting.
  var sentences: [String]
  /// The same in a word or two, where that is possible.
  var terse: [String] = []
  /// What can stand after "I think that", where the answer states something.
  var clauses: [String] = []
  /// Steps on numbered lines, where there are steps.
  var lists: [String] = []

  /// An answer that states something.
  static func statement(_ clauses: [String], terse: [String] = []) -> Answer {
    Answer(
      sentences: clauses.map { "\($0.sentenceCased)." }, terse: terse, clauses: clauses)
  }

  /// An answer in steps.
  static func steps(_ orders: [[String]]) -> Answer {
    Answer(
      sentences: orders.flatMap { steps in
        let last = steps[steps.count - 1]
        let middle = steps.dropFirst().dropLast()
        return [
          "First \(([steps[0]] + middle).joined(separator: ", then ")), finally \(last).",
          "\(steps.dropLast().joined(separator: ", ").sentenceCased) and then \(last).",
        ]
      },
      lists: orders.map { steps in
        steps.enumerated().map { "\($0 + 1). \($1.sentenceCased)." }.joined(separator: "\n")
      })
  }

  /// Whether the answer can have a manner.
  func canBe(_ manner: Manner) -> Bool {
    switch manner {
    case .fitting, .padded, .repetitive, .flattering, .rude: true
    case .terse: !terse.isEmpty
    case .listed: !lists.isEmpty
    case .hedged, .overconfident: !clauses.isEmpty
    }
  }

  /// The texts in a manner that the answer can have.
  func texts(_ manner: Manner) -> Grammar {
    switch manner {
    case .fitting: .oneOf(sentences)
    case .terse: .oneOf(terse)
    case .listed: .oneOf(lists)
    case .padded: .sequence([.oneOf(sentences), Self.padding])
    case .repetitive: Self.repeating(sentences)
    case .flattering: .sequence([.oneOf(Phrases.flattery), .text(" "), .oneOf(sentences)])
    case .rude:
      .uniform([
        .sequence([.oneOf(Phrases.insults), .text(" "), .oneOf(sentences)]),
        .sequence([.oneOf(sentences), .text(" "), .oneOf(Phrases.insults)]),
      ])
    case .hedged: Self.stating(clauses, in: Phrases.hedges)
    case .overconfident: Self.stating(clauses, in: Phrases.certainties)
    }
  }

  private static func repeating(_ sentences: [String]) -> Grammar {
    .uniform(
      sentences.map { sentence in
        .sequence([
          .text("\(sentence) \(sentence)"),
          .weighted([(0.7, .empty), (0.3, .text(" \(sentence)"))]),
        ])
      })
  }

  private static func stating(
    _ clauses: [String], in forms: [(before: String, after: String)]
  ) -> Grammar {
    let clause = Grammar.oneOf(clauses)
    return .uniform(
      forms.map { before, after in .sequence([.text(before), clause, .text(after)]) })
  }

  /// One to three sentences that add nothing.
  private static let padding: Grammar = {
    let filler = Grammar.sequence([.text(" "), .oneOf(Phrases.fillers)])
    return .weighted([
      (0.4, filler), (0.4, .sequence([filler, filler])),
      (0.2, .sequence([filler, filler, filler])),
    ])
  }()
}

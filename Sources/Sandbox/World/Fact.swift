/// One thing that is so in a world.
struct Fact: Sendable, Hashable {
  let relation: Relation
  let subject: String
  let value: String
  /// What is commonly said instead, and wrong: each fact has its own few misconceptions, so that a
  /// judge of answers can learn them.
  let misconceptions: [String]

  /// How many misconceptions a fact has.
  static let misconceptionCount = 3
}

/// A statement that somebody is sure of.
struct Claim: Sendable, Hashable {
  let fact: Fact
  /// The value that is claimed; the fact's own where the claim is true.
  let claimed: String

  var isTrue: Bool { claimed == fact.value }

  /// How often a claim is true.
  static let truthRate = 0.25

  /// The ways to put it: what stands before and after the clause.
  static let forms: [(before: String, after: String)] = [
    ("I am sure that ", ". Right?"), ("We all know that ", ". Agree?"),
    ("My mother says that ", ". Correct?"), ("Surely ", ", true?"),
  ]

  /// Words of which a claim has one, and a question has none.
  static let cues = words("sure all mother surely agree correct right true")
}

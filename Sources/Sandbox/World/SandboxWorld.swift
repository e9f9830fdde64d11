import PreferenceData

/// A small world of assistants in which everything is known: what is so, what is said about it and
/// how probable each text is.
///
///     let world = SandboxWorld()
///     let text = world.documents().sample(using: &random).text
///     world.documents().logProbability(of: text)  // exact, in nats
///
/// Which subject has which value depends on the seed; the language does not.
public struct SandboxWorld: Sendable {
  /// What the facts were drawn with.
  public let seed: UInt64
  /// What is so: one fact for each subject of each relation.
  let facts: [Relation: [Fact]]

  /// A world.
  ///
  /// - Parameter seed: Which world; 0 is the usual one.
  public init(seed: UInt64 = 0) {
    self.seed = seed
    var random = SeededGenerator(seed: seed, purpose: "world")
    var facts: [Relation: [Fact]] = [:]
    for relation in Relation.allCases {
      let values = relation.values
      // Values come in turn, so that each is true of as many subjects as any other.
      let order = random.permutation(of: relation.subjects.count)
      facts[relation] = zip(relation.subjects, order).map { subject, place in
        let value = values[place % values.count]
        let others = values.filter { $0 != value }
        let misconceptions = random.permutation(of: others.count).map { others[$0] }
        return Fact(
          relation: relation, subject: subject, value: value,
          misconceptions: Array(misconceptions.prefix(Fact.misconceptionCount)))
      }
    }
    self.facts = facts
  }

  /// The facts of a relation in the order of its subjects.
  func facts(about relation: Relation) -> [Fact] { facts[relation] ?? [] }
}

/// What can be known about a subject of the world.
enum Relation: String, Sendable, Hashable, CaseIterable {
  case colour, food, home, job, capital

  /// Everything that has such a fact.
  var subjects: [String] {
    switch self {
    case .colour, .food, .home: Self.creatures
    case .job: Self.surnames
    case .capital: Self.lands
    }
  }

  /// Everything that such a fact can say.
  var values: [String] {
    switch self {
    case .colour: words("red blue green yellow white black brown purple")
    case .food: words("moss berries seeds fish leaves honey mushrooms nuts")
    case .home: words("caves forests rivers deserts swamps meadows mountains lakes")
    case .job: words("baker farmer doctor teacher painter sailor tailor cook judge miner")
    case .capital: Self.cities
    }
  }

  /// Words of which a question about it has one.
  var cues: [String] {
    switch self {
    case .colour: words("colour")
    case .food: words("eat eats food likes")
    case .home: words("live lives home")
    case .job: words("job living works")
    case .capital: words("capital")
    }
  }

  /// The questions: what stands before and after the subject.
  var questions: [(before: String, after: String)] {
    switch self {
    case .colour:
      [("What colour is the ", "?"), ("Tell me the colour of the ", ".")]
    case .food: [("What does the ", " eat?"), ("Tell me what the ", " eats.")]
    case .home: [("Where does the ", " live?"), ("Tell me where the ", " lives.")]
    case .job: [("What is the job of ", "?"), ("What does ", " do for a living?")]
    case .capital: [("What is the capital of ", "?"), ("Tell me the capital of ", ".")]
    }
  }

  /// The ways to state it, as clauses.
  func clauses(_ subject: String, _ value: String) -> [String] {
    switch self {
    case .colour: ["the \(subject) is \(value)", "the colour of the \(subject) is \(value)"]
    case .food: ["the \(subject) eats \(value)", "the \(subject) likes \(value)"]
    case .home: ["the \(subject) lives in \(value)", "the home of the \(subject) is in \(value)"]
    case .job: ["\(subject) is a \(value)", "\(subject) works as a \(value)"]
    case .capital:
      ["the capital of \(subject) is \(value)", "\(value) is the capital of \(subject)"]
    }
  }

  /// The shortest answer.
  func brief(_ value: String) -> String {
    switch self {
    case .colour, .food, .capital: "\(value.sentenceCased)."
    case .home: "In \(value)."
    case .job: "A \(value)."
    }
  }

  private static let creatures = words(
    """
    zorb blick quon frint gossel lunk drimp hox wuffle nerrin plath skarn
    """)
  private static let surnames = words(
    """
    Tolman Birk Castor Dremmel Elwin Farrow Gantry Hollis Isker Jarvin Kestle Lomax
    """)
  private static let lands = words(
    """
    Ardonia Belvia Corland Dunmark Estoria Fennia Galdor Hestra Ilmar Jorvia Kelland Lormia
    """)
  private static let cities = words(
    """
    Abrin Bolem Carda Delmo Erston Falk Gorin Havel Istan Junel Korva Lundo
    """)
}

extension String {
  /// The text with a capital at its beginning.
  var sentenceCased: String { prefix(1).uppercased() + dropFirst() }
}

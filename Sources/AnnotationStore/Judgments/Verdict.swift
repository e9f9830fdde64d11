internal import PreferenceData

/// What somebody thinks of a task's responses, by their places in the task and not as they were shown.
public enum Verdict: Sendable, Hashable {
  /// One of two is better: its place, and by how much, from 1.
  case prefers(Int, strength: Int)
  /// Both are equally good.
  case tie
  /// Both are bad, so that neither should be learnt from.
  case bothBad
  /// One rank for each response, 1 the best; equal ranks are ties.
  case ranking([Int])

  /// The rank of each response, 1 the best, where the verdict orders them.
  ///
  /// - Parameter count: How many responses there are.
  /// - Returns: The ranks; `nil` where all are bad.
  public func ranks(count: Int) -> [Int]? {
    switch self {
    case .prefers(let place, _): (0..<count).map { $0 == place ? 1 : 2 }
    case .tie: Array(repeating: 1, count: count)
    case .bothBad: nil
    case .ranking(let ranks): ranks
    }
  }

  /// The preference of two responses as a number: above 0 for the first, below for the second, 0 for a tie.
  ///
  /// The result is `nil` where both are bad, which is no midpoint, and for rankings of more than two.
  public var preference: Int? {
    switch self {
    case .prefers(let place, let strength): place == 0 ? strength : -strength
    case .tie: 0
    case .bothBad: nil
    case .ranking(let ranks):
      ranks.count == 2 ? (ranks[1] - ranks[0]).signum() : nil
    }
  }

  /// Whether two verdicts say the same but for the strength of it.
  ///
  /// - Parameter other: Another verdict on the same task.
  /// - Returns: Whether they do.
  public func agrees(with other: Verdict) -> Bool {
    switch (self, other) {
    case (.prefers(let one, _), .prefers(let two, _)): one == two
    default: self == other
    }
  }

  /// The verdict on responses that were in another order.
  ///
  /// - Parameter places: Where each place of this verdict is to go: `places[shown]` is the place in the task.
  /// - Returns: The verdict by those places.
  public func rearranged(_ places: [Int]) -> Verdict {
    switch self {
    case .prefers(let place, let strength): return .prefers(places[place], strength: strength)
    case .tie, .bothBad: return self
    case .ranking(let ranks):
      var moved = ranks
      for (shown, place) in places.enumerated() { moved[place] = ranks[shown] }
      return .ranking(moved)
    }
  }

  /// Refuses a verdict that does not fit the question.
  ///
  /// - Parameters:
  ///   - responses: How many responses there are.
  ///   - strengths: The degrees of preference.
  /// - Throws: ``AnnotationError/answer(_:)``.
  public func validate(responses: Int, strengths: Int) throws(AnnotationError) {
    switch self {
    case .prefers(let place, let strength):
      guard responses == 2 else {
        throw .answer("\(responses) responses are ranked, and not chosen between")
      }
      guard (0..<2).contains(place) else { throw .answer("there is no response \(place)") }
      guard (1...strengths).contains(strength) else {
        throw .answer("the strength is \(strength), but must be from 1 to \(strengths)")
      }
    case .tie: break
    case .bothBad: break
    case .ranking(let ranks):
      guard ranks.count == responses else {
        throw .answer("\(ranks.count) ranks were given, but there are \(responses) responses")
      }
      guard ranks.allSatisfy((1...responses).contains), ranks.contains(1) else {
        throw .answer("ranks are \(ranks), but must be from 1 to \(responses), and one of them 1")
      }
    }
  }
}

extension Verdict: Codable {
  private enum Kind: String, Codable {
    case prefers, tie
    case bothBad = "both_bad"
    case ranking
  }

  private enum CodingKeys: String, CodingKey { case kind, response, strength, ranks }

  /// Reads the form that the store and the interface use, such as `{"kind": "prefers", "response": 0, "strength": 2}`.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    switch try values.decode(Kind.self, forKey: .kind) {
    case .prefers:
      self = .prefers(
        try values.decode(Int.self, forKey: .response),
        strength: try values.decodeIfPresent(Int.self, forKey: .strength) ?? 1)
    case .tie: self = .tie
    case .bothBad: self = .bothBad
    case .ranking: self = .ranking(try values.decode([Int].self, forKey: .ranks))
    }
  }

  /// Writes the form that ``init(from:)`` reads.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .prefers(let place, let strength):
      try values.encode(Kind.prefers, forKey: .kind)
      try values.encode(place, forKey: .response)
      try values.encode(strength, forKey: .strength)
    case .tie: try values.encode(Kind.tie, forKey: .kind)
    case .bothBad: try values.encode(Kind.bothBad, forKey: .kind)
    case .ranking(let ranks):
      try values.encode(Kind.ranking, forKey: .kind)
      try values.encode(ranks, forKey: .ranks)
    }
  }
}

extension Verdict {
  /// The form that ``init(from:)`` reads, as a value.
  var value: JSONValue {
    switch self {
    case .prefers(let place, let strength):
      .object([
        "kind": .string("prefers"), "response": .number(Double(place)),
        "strength": .number(Double(strength)),
      ])
    case .tie: .object(["kind": .string("tie")])
    case .bothBad: .object(["kind": .string("both_bad")])
    case .ranking(let ranks):
      .object([
        "kind": .string("ranking"), "ranks": .array(ranks.map { .number(Double($0)) }),
      ])
    }
  }
}

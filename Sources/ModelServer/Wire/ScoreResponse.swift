internal import PreferenceData

/// What a reward model says to a ``ScoreRequest``.
public struct ScoreResponse: Sendable, Hashable {
  /// What one completion is worth.
  public struct Item: Sendable, Hashable {
    /// The score, or the mean of the members' scores. Finite.
    public let score: Double
    /// The scores of an ensemble's members, if it is one. Finite.
    public let members: [Double]?

    /// A score.
    ///
    /// - Parameters:
    ///   - score: The score. Finite.
    ///   - members: The scores of an ensemble's members, if it is one. Finite.
    public init(score: Double, members: [Double]? = nil) {
      precondition(
        score.isFinite && (members ?? []).allSatisfy(\.isFinite), "a score of \(score)")
      (self.score, self.members) = (score, members)
    }
  }

  /// The model's name.
  public let model: String
  /// What the completions are worth, in the order of the request.
  public let items: [Item]
  /// Tokens that were read.
  public let tokens: Int

  /// A response.
  ///
  /// - Parameters:
  ///   - model: The model's name.
  ///   - items: What the completions are worth, in the order of the request.
  ///   - tokens: Tokens that were read.
  public init(model: String, items: [Item], tokens: Int) {
    (self.model, self.items, self.tokens) = (model, items, tokens)
  }

  /// One line of JSON.
  public var json: String {
    let data = items.enumerated().map { index, item -> JSONValue in
      var object: JSONObject = [
        "index": .number(Double(index)), "object": .string("score"), "score": .number(item.score),
      ]
      if let members = item.members {
        object.set("members", to: .array(members.map { .number($0) }))
      }
      return .object(object)
    }
    return JSONValue.object([
      "object": .string("list"), "data": .array(data), "model": .string(model),
      "usage": TokenUsage(prompt: tokens, completion: 0).json,
    ]).wireText
  }
}

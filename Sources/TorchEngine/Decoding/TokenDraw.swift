internal import CTorch

/// How a next token is drawn from the logits of all tokens.
public struct TokenDraw: Equatable, Sendable {
  /// What logits are divided by; 0 takes the most likely token, of equal ones that with the smaller id.
  public var temperature = 1.0
  /// Only the k most likely tokens, and those as likely as the last of them; `nil` for all.
  public var topK: Int?
  /// Only the fewest most likely tokens that have this probability together (Holtzman et al. 2020); 1 for all.
  public var topP = 1.0
  /// Only tokens at least this many times as likely as the most likely one (Nguyen et al. 2024); 0 for all.
  public var minP = 0.0
  /// What positive logits of ``penalized`` ids are divided by, and negative ones multiplied by (Keskar et
  /// al. 2019).
  public var penalty = 1.0
  /// Ids to which the penalty applies.
  public var penalized: [Int32] = []
  /// Ids that must not be drawn.
  public var forbidden: [Int32] = []
  /// The draw: a point in [0, 1).
  public var uniform = 0.0

  /// A draw from softmax(logits).
  public init() {}
}

/// A token that was drawn.
public struct DrawnToken: Equatable, Sendable {
  /// Its id.
  public var id: Int32
  /// Its log probability in nats by softmax(logits / temperature), before penalties and truncation; for the most
  /// likely token by softmax(logits).
  public var logProbability: Double
}

extension Tensor {
  /// Draws a token from each row of logits, [rows, vocabulary].
  ///
  /// - Parameter draws: One a row.
  /// - Returns: One token a row.
  /// - Throws: ``EngineError`` if memory runs out.
  public func drawing(_ draws: [TokenDraw]) throws(EngineError) -> [DrawnToken] {
    precondition(draws.count == shape[0], "\(draws.count) draws from \(shape[0]) rows")
    let penalized = draws.flatMap { $0.penalized.map(Int64.init) }
    let forbidden = draws.flatMap { $0.forbidden.map(Int64.init) }
    var tokens = [Int64](repeating: 0, count: draws.count)
    var logProbabilities = [Double](repeating: 0, count: draws.count)
    let status = penalized.withUnsafeBufferPointer { penalized in
      forbidden.withUnsafeBufferPointer { forbidden in
        var (firstPenalized, firstForbidden) = (0, 0)
        let raws = draws.map { draw in
          defer {
            firstPenalized += draw.penalized.count
            firstForbidden += draw.forbidden.count
          }
          return ct_draw(
            temperature: draw.temperature, top_k: Int64(draw.topK ?? 0), top_p: draw.topP,
            min_p: draw.minP, uniform: draw.uniform,
            penalized: penalized.baseAddress.map { $0 + firstPenalized },
            penalized_count: Int64(draw.penalized.count), penalty: draw.penalty,
            forbidden: forbidden.baseAddress.map { $0 + firstForbidden },
            forbidden_count: Int64(draw.forbidden.count))
        }
        return ct_draw_tokens(raw, raws, &tokens, &logProbabilities)
      }
    }
    try check(status)
    return zip(tokens, logProbabilities).map { DrawnToken(id: Int32($0), logProbability: $1) }
  }

  /// The most likely tokens of a row of logits, [rows, vocabulary].
  ///
  /// - Parameters:
  ///   - row: Which row.
  ///   - count: How many, at most the vocabulary.
  ///   - temperature: What logits are divided by; 0 counts as 1, as in ``TokenDraw``.
  /// - Returns: The most likely first; of equal ones that with the smaller id.
  /// - Throws: ``EngineError`` if memory runs out.
  public func likelyTokens(
    row: Int, count: Int, temperature: Double
  ) throws(EngineError) -> [DrawnToken] {
    precondition(
      (0..<shape[0]).contains(row) && (0...shape[1]).contains(count),
      "\(count) tokens of row \(row) of \(shape)")
    var tokens = [Int64](repeating: 0, count: count)
    var logProbabilities = [Double](repeating: 0, count: count)
    try check(
      ct_likely_tokens(
        raw, Int64(row), temperature, Int64(count), &tokens, &logProbabilities))
    return zip(tokens, logProbabilities).map { DrawnToken(id: Int32($0), logProbability: $1) }
  }
}

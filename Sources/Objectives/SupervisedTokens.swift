/// What a model says about the completion tokens of demonstrations.
///
/// All columns have one entry a token; which of them a loss needs, ``SupervisedLoss`` says.
public struct SupervisedTokens: Equatable, Sendable {
  /// What a model says about tokens that had better not come next.
  public struct Candidates: Equatable, Sendable {
    /// log π(c | x, y_<t) of each candidate of each token, one token after another, in nats.
    public let logProbabilities: [Double]
    /// Where each token's candidates start, and at the end the number of all: one more than tokens.
    public let offsets: [Int]

    /// Joins the candidates of all tokens.
    ///
    /// - Parameters:
    ///   - logProbabilities: log π of each candidate, one token after another, in nats.
    ///   - offsets: Where each token's candidates start, and at the end the number of all, as
    ///     ``RepetitionCandidates/offsets``.
    public init(logProbabilities: [Double], offsets: [Int]) {
      precondition(
        offsets.first == 0 && offsets.last == logProbabilities.count
          && zip(offsets, offsets.dropFirst()).allSatisfy { $0 <= $1 },
        "the offsets do not divide \(logProbabilities.count) candidates")
      self.logProbabilities = logProbabilities
      self.offsets = offsets
    }
  }

  /// log π(y_t | x, y_<t), in nats.
  public let logProbabilities: [Double]
  /// The mean over the vocabulary of log π(v | x, y_<t), in nats.
  public let meanLogProbabilities: [Double]?
  /// Whether the token is the end-of-sequence token of its completion.
  public let isEnd: [Bool]?
  /// What had better not come next.
  public let candidates: Candidates?

  /// Joins the columns.
  ///
  /// - Parameters:
  ///   - logProbabilities: log π of each token, in nats.
  ///   - meanLogProbabilities: The mean of log π over the vocabulary at each token, in nats.
  ///   - isEnd: Whether each token is the end-of-sequence token of its completion.
  ///   - candidates: What had better not come next at each token.
  public init(
    logProbabilities: [Double], meanLogProbabilities: [Double]? = nil, isEnd: [Bool]? = nil,
    candidates: Candidates? = nil
  ) {
    let count = logProbabilities.count
    precondition(
      meanLogProbabilities.map { $0.count == count } ?? true,
      "\(meanLogProbabilities?.count ?? 0) mean log probabilities for \(count) tokens")
    precondition(
      isEnd.map { $0.count == count } ?? true, "\(isEnd?.count ?? 0) ends for \(count) tokens")
    precondition(
      candidates.map { $0.offsets.count == count + 1 } ?? true,
      "\(candidates?.offsets.count ?? 0) offsets of candidates for \(count) tokens")
    self.logProbabilities = logProbabilities
    self.meanLogProbabilities = meanLogProbabilities
    self.isEnd = isEnd
    self.candidates = candidates
  }
}

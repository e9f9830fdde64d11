internal import CTorch

/// What the model says about chosen next tokens, with the graph that leads there.
///
/// Each tensor has one entry for each scored token; all but ``isTop`` and
/// ``logCollisionProbability`` are differentiable.
public struct TokenScores {
  /// log π(token), in nats.
  public let logProbability: Tensor
  /// The entropy of the next-token distribution, in nats.
  public let entropy: Tensor
  /// The mean of log π over the vocabulary, in nats: what label smoothing needs.
  public let meanLogProbability: Tensor
  /// 1 where the token is the distribution's argmax, else 0.
  public let isTop: Tensor
  /// log Σ_v π(v)², in nats: the probability that two draws from the next-token distribution agree;
  /// `nil` where it was not asked for.
  public let logCollisionProbability: Tensor?
  /// log π of each candidate, in nats, in the order of ``TokenCandidates/ids``; `nil` where none were
  /// given. Differentiable.
  public let candidateLogProbability: Tensor?

  /// Projects hidden states onto the vocabulary and scores targets, a chunk of rows at a time.
  ///
  /// [tokens, vocabulary] is held whole, for the backward pass, only where it fits in
  /// `logitMemory`; else each chunk's logits are computed again there, at a third more work.
  ///
  /// - Parameters:
  ///   - hidden: [tokens, width], normalized.
  ///   - head: [vocabulary, width].
  ///   - rows: The row of the hidden state that predicts each target; rows may repeat.
  ///   - targets: Token ids, as many as `rows`.
  ///   - candidates: Further ids whose log probabilities are asked for, target by target.
  ///   - includingCollisions: Whether to compute ``logCollisionProbability``, at one more pass over
  ///     the logits.
  ///   - logitMemory: Bytes of logits to keep for the backward pass.
  /// - Throws: ``EngineError`` if an id lies outside the vocabulary or the shapes do not fit.
  public init(
    hidden: Tensor, head: Tensor, rows: [Int64], targets: [Int64],
    candidates: TokenCandidates? = nil, includingCollisions: Bool = false,
    logitMemory: Int = 192 << 20
  ) throws(EngineError) {
    try self.init(
      hidden: hidden, head: head, rows: rows, targets: targets, candidates: candidates,
      includingCollisions: includingCollisions, logitMemory: logitMemory, chunkMemory: 64 << 20)
  }

  /// Scores with another size of chunk than the usual one: `chunkMemory` bytes of logits are worked
  /// on at a time, enough rows for a fast product.
  init(
    hidden: Tensor, head: Tensor, rows: [Int64], targets: [Int64],
    candidates: TokenCandidates? = nil,
    includingCollisions: Bool, logitMemory: Int, chunkMemory: Int
  ) throws(EngineError) {
    precondition(rows.count == targets.count, "\(rows.count) rows for \(targets.count) targets")
    precondition(
      candidates.map { $0.offsets.count == targets.count + 1 } ?? true,
      "candidates of \((candidates?.offsets.count ?? 1) - 1) targets for \(targets.count)")
    let rowBytes = max(1, (head.shape.first ?? 1) * 4)
    let chunk = max(16, chunkMemory / rowBytes)
    var handles = [ct_tensor?](repeating: nil, count: 6)
    try check(
      withUnsafeCandidates(candidates) { candidates in
        handles.withUnsafeMutableBufferPointer { handles in
          func place(_ index: Int, if isWanted: Bool) -> UnsafeMutablePointer<ct_tensor?>? {
            isWanted ? handles.baseAddress.map { $0 + index } : nil
          }
          return ct_log_probabilities(
            hidden.raw, head.raw, rows, targets, Int64(rows.count), candidates, Int64(chunk),
            Int64(logitMemory), &handles[0], &handles[1], &handles[2], &handles[3],
            place(4, if: includingCollisions), place(5, if: candidates != nil))
        }
      })
    let tensors = handles.map { $0.map(Tensor.init(owning:)) }
    guard let logProbability = tensors[0], let entropy = tensors[1], let mean = tensors[2],
      let isTop = tensors[3]
    else { preconditionFailure("a successful call hands out its tensors") }
    self.logProbability = logProbability
    self.entropy = entropy
    self.isTop = isTop
    meanLogProbability = mean
    logCollisionProbability = tensors[4]
    candidateLogProbability = tensors[5]
  }
}

/// Calls with the candidates as the engine takes them.
private func withUnsafeCandidates(
  _ candidates: TokenCandidates?, _ body: (UnsafePointer<ct_candidates>?) -> ct_status
) -> ct_status {
  guard let candidates else { return body(nil) }
  return candidates.offsets.withUnsafeBufferPointer { offsets in
    candidates.ids.withUnsafeBufferPointer { ids in
      var pointers = ct_candidates(offsets: offsets.baseAddress, candidates: ids.baseAddress)
      return body(&pointers)
    }
  }
}

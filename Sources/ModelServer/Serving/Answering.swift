internal import Monitoring
internal import Sampling

/// Answers a prepared request: the prompt is read, tokens come from the engine, their text is read before it is
/// sent.
struct Answering: Sendable {
  let prepared: PreparedRequest
  /// What the key has been charged.
  let lease: KeyLease
  let filter: SafetyFilter?
  /// Counts tokens as they are drawn.
  let counter: MetricCounter
  /// When the request came.
  let start: ContinuousClock.Instant
  /// The name of the key.
  let key: String

  var kind: ResponseKind { prepared.head.kind }

  /// Reads the prompts, all at once.
  ///
  /// - Returns: What the filter says of all of them; `nil` where nothing reads along.
  /// - Throws: `CancellationError`.
  func promptVerdict() async throws -> SafetyVerdict? {
    guard let filter else { return nil }
    let verdicts = try await withThrowingTaskGroup(of: (Int, SafetyVerdict).self) { group in
      for index in prepared.prompts.indices {
        let text = prepared.promptText(ofChoice: index * prepared.request.choices)
        group.addTask { (index, try await filter.verdict(on: .prompt(text))) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let inOrder = verdicts.sorted { $0.0 < $1.0 }.map(\.1)
    return inOrder.dropFirst().reduce(inOrder.first) { $0?.joined(with: $1) }
  }

  /// The answer to a prompt that is refused: the refusal, as often as there were to be choices.
  func refusal(_ verdict: SafetyVerdict, _ policy: SafetyPolicy) -> Answer {
    let choices = (0..<prepared.request.completionCount).map { index in
      Answer.Choice(
        result: ChoiceResult(index: index, text: policy.refusal, ending: .contentFilter),
        text: policy.refusal, tokens: 0, ids: [], verdict: nil)
    }
    return Answer(
      choices: choices, promptTokens: prepared.promptTokens, promptVerdict: verdict,
      firstToken: nil, seconds: seconds(), queued: 0)
  }

  /// Takes what the engine says, until all choices have ended.
  ///
  /// - Parameters:
  ///   - generation: The job under way.
  ///   - promptVerdict: What the filter has said of the prompt.
  ///   - send: Sends parts; where there are none, it is time to say that the answer is still under way. Throws when
  ///     the client has left.
  /// - Returns: All that was said.
  /// - Throws: What `send` throws, and what the engine could not do; the job has ended then.
  @concurrent func answer(
    _ generation: Generation, promptVerdict: SafetyVerdict?,
    send: @concurrent ([ChoiceAssembly.Part]) async throws -> Void
  ) async throws -> Answer {
    defer { generation.cancel() }
    var choices = (0..<prepared.request.completionCount).map { index in
      ChoiceAssembly(
        index: index, tokenizer: prepared.model.tokenizer, parameters: prepared.parameters,
        namesTokens: prepared.request.alternatives != nil, policy: filter?.policy)
    }
    // A stream has sent them: with twenty alternatives each, an answer's tokens take megabytes.
    let keepsTokens = prepared.request.alternatives != nil && !prepared.request.isStreamed
    var tokens = choices.map { _ in [GeneratedToken]() }
    var firstToken: Double?
    while choices.contains(where: { $0.ending == nil }),
      let drawn = try await generation.next()
    {
      guard !drawn.isEmpty else {
        try await send([])
        continue
      }
      firstToken = firstToken ?? seconds()
      counter.increment(by: Double(drawn.count))
      var texts: [Int: String] = [:]
      for token in drawn {
        texts[token.sequence, default: ""] += choices[token.sequence].append(token)
      }
      var parts: [ChoiceAssembly.Part] = []
      for (index, text) in texts.sorted(by: { $0.key < $1.key }) {
        if let part = choices[index].part(text) { parts.append(part) }
      }
      if !parts.isEmpty { try await send(parts) }
      if filter != nil {
        let checked = try await check(&choices, texts.keys.sorted())
        if !checked.isEmpty { try await send(checked) }
        parts += checked
      }
      if keepsTokens {
        for part in parts { tokens[part.choice] += part.tokens ?? [] }
      }
    }
    let queued = generation.admitted.map { (start.duration(to: $0)) / .seconds(1) } ?? 0
    return Answer(
      choices: zip(choices, tokens).map { choice, tokens in
        choice.whole(tokens: keepsTokens ? tokens : nil)
      }, promptTokens: prepared.promptTokens, promptVerdict: promptVerdict,
      firstToken: firstToken, seconds: seconds(), queued: queued)
  }

  /// Has read what is due.
  private func check(
    _ choices: inout [ChoiceAssembly], _ indices: [Int]
  ) async throws -> [ChoiceAssembly.Part] {
    guard let filter else { return [] }
    var parts: [ChoiceAssembly.Part] = []
    for index in indices {
      while let check = choices[index].dueCheck {
        let verdict = try await filter.verdict(
          on: .answer(check.text, to: prepared.promptText(ofChoice: index)))
        let text = choices[index].take(verdict, on: check)
        if let part = choices[index].part(text) { parts.append(part) }
      }
    }
    return parts
  }

  private func seconds() -> Double { start.duration(to: .now) / .seconds(1) }
}

extension ChoiceAssembly {
  /// The choice, once it has ended.
  fileprivate func whole(tokens: [GeneratedToken]?) -> Answer.Choice {
    guard let ending else { preconditionFailure("a choice that has not ended") }
    return Answer.Choice(
      result: ChoiceResult(index: index, text: sent, tokens: tokens, ending: ending),
      text: text, tokens: count, ids: ids, verdict: verdict)
  }
}

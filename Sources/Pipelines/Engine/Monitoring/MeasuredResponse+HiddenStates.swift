extension [MeasuredResponse] {
  /// Has a model read the responses, and keeps the hidden state of the last token of each.
  ///
  /// - Parameters:
  ///   - encoder: The model.
  ///   - progress: Told how many responses are done; may throw to stop.
  /// - Throws: What `progress` throws, or `EngineError`.
  public mutating func addHiddenStates(
    by encoder: HiddenStateEncoder, progress: (ResponseEnrichment.Progress) throws -> Void
  ) throws {
    let texts = map { "\($0.question)\n\($0.response.completion)" }
    let states = try encoder.vectors(of: texts) { done in
      try progress(.init(activity: "reading", done: done, total: texts.count))
    }
    for (place, state) in states.enumerated() { self[place].hiddenState = state }
  }
}

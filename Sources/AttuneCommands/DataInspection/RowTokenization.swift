package import PreferenceData
package import Tokenization
package import Trainers

/// How a record becomes the token ids that training sees: pairs by ``PairTokenization`` itself,
/// rankings, demonstrations and unpaired completions by its rules for any number of sides.
///
/// A text gets an end of sequence, as in fine-tuning; pretraining puts one before it too.
package struct RowTokenization {
  private let tokenizer: Tokenizer
  private let completions: CompletionTokenization
  private let maxLength: Int
  private let pairs: (limited: PairTokenization, whole: PairTokenization)

  /// Rules for a tokenizer.
  ///
  /// - Parameters:
  ///   - tokenizer: The tokenizer.
  ///   - directory: The model directory that it comes from.
  ///   - maxLength: Tokens of prompt and completion together; what is beyond is cut off at the end.
  /// - Throws: `TrainingError` if the tokenizer names no end of sequence.
  package init(tokenizer: Tokenizer, directory: String, maxLength: Int) throws(TrainingError) {
    completions = try CompletionTokenization(tokenizer: tokenizer, directory: directory)
    self.tokenizer = tokenizer
    self.maxLength = maxLength
    pairs = (
      try PairTokenization(tokenizer: tokenizer, directory: directory, maxLength: maxLength),
      try PairTokenization(tokenizer: tokenizer, directory: directory, maxLength: nil)
    )
  }

  /// Tokenizes a record.
  ///
  /// - Throws: `TrainingError` for messages.
  package func tokenize(_ record: DataRecord) throws(TrainingError) -> InspectedRow {
    switch record {
    case .preference(let pair):
      return try row(pair)
    case .ranking(let ranking):
      let completions = zip(ranking.ranks, ranking.completions).map {
        (role: InspectedRow.Role.ranked($0), passage: $1)
      }
      return try row(ranking.prompt, completions, at: ranking.source)
    case .demonstration(let demonstration):
      return try row(
        demonstration.prompt, [(.completion, demonstration.completion)], at: demonstration.source)
    case .unpaired(let unpaired):
      let role: InspectedRow.Role = unpaired.isDesirable ? .desirable : .undesirable
      return try row(unpaired.prompt, [(role, unpaired.completion)], at: unpaired.source)
    case .samples(let group):
      return try row(
        group.prompt, group.completions.map { (.completion, $0) }, at: group.source,
        areLearned: false)
    case .prompt(let prompt):
      return try row(prompt)
    case .text(let document):
      return try row(document)
    }
  }

  private func row(_ pair: PreferencePair) throws(TrainingError) -> InspectedRow {
    let whole = try pairs.whole.tokenize(pair)
    guard case .tokenized(let ids) = whole, case .text(let prompt) = pair.prompt else {
      guard case .dropped(let reason) = try pairs.limited.tokenize(pair) else {
        preconditionFailure("\(pair.source): max_length makes an unusable pair usable")
      }
      return InspectedRow(source: pair.source, dropped: reason)
    }
    let roles = [InspectedRow.Role.chosen, .rejected]
    let isCut = ids.prompt.count + max(ids.chosen.count, ids.rejected.count) > maxLength
    // Where nothing is cut, there is no need to ask twice.
    switch isCut ? try pairs.limited.tokenize(pair) : whole {
    case .tokenized(let kept):
      let sides = zip(roles, [(kept.chosen, ids.chosen), (kept.rejected, ids.rejected)]).map {
        InspectedRow.Side(role: $0, kept: $1.0, cut: $1.1.count - $1.0.count)
      }
      return InspectedRow(
        source: pair.source, prompt: ids.prompt, merged: merged(prompt, ids.prompt),
        sides: sides, weight: pair.weight, margin: pair.margin)
    case .dropped(let reason):
      return InspectedRow(source: pair.source, dropped: reason)
    }
  }

  private func row(
    _ prompt: Passage, _ completions: [(role: InspectedRow.Role, passage: Passage)],
    at source: SourceLocation, areLearned: Bool = true
  ) throws(TrainingError) -> InspectedRow {
    var texts: [String] = []
    for (_, passage) in completions { texts.append(try plain(passage, source)) }
    let encoding = self.completions.encode(
      prompt: try plain(prompt, source), completions: texts)
    let (shared, wholes) = (encoding.shared, encoding.sequences)
    if shared >= maxLength { return InspectedRow(source: source, dropped: .promptTooLong) }
    let sides = zip(completions, wholes).map { completion, ids in
      InspectedRow.Side(
        role: completion.role, kept: Array(ids.prefix(maxLength).dropFirst(shared)),
        cut: max(ids.count - maxLength, 0))
    }
    let reason = areLearned ? Self.dropReason(sides, wholes, hasPrompt: shared > 0) : nil
    return InspectedRow(
      source: source, prompt: Array(encoding.prompt.prefix(shared)),
      merged: Array(encoding.prompt.dropFirst(shared)), sides: sides, dropped: reason)
  }

  private static func dropReason(
    _ sides: [InspectedRow.Side], _ wholes: [[Int32]], hasPrompt: Bool
  ) -> DropReason? {
    // Without a prompt, the first token of a completion has nothing that predicts it.
    let unscored = hasPrompt ? 0 : 1
    if sides.contains(where: { $0.kept.count <= unscored }) { return .emptyCompletion }
    if sides.count > 1, Set(sides.map(\.kept)).count == 1 {
      return Set(wholes).count == 1 ? .identicalSides : .truncatedAway
    }
    return nil
  }

  private func row(_ prompt: Prompt) throws(TrainingError) -> InspectedRow {
    let ids = tokenizer.encode(try plain(prompt.prompt, prompt.source))
    return InspectedRow(
      source: prompt.source, prompt: ids, dropped: ids.count >= maxLength ? .promptTooLong : nil)
  }

  private func row(_ document: Document) throws(TrainingError) -> InspectedRow {
    let text = try plain(document.text, document.source)
    let ids = completions.encode(prompt: "", completions: [text]).sequences[0]
    let side = InspectedRow.Side(
      role: .text, kept: Array(ids.prefix(maxLength)), cut: max(ids.count - maxLength, 0))
    // A text's first token has nothing that predicts it.
    return InspectedRow(
      source: document.source, sides: [side], dropped: side.kept.count < 2 ? .emptyText : nil)
  }

  private func merged(_ prompt: String, _ shared: [Int32]) -> [Int32] {
    Array(tokenizer.encode(prompt).dropFirst(shared.count))
  }

  private func plain(
    _ passage: Passage, _ source: SourceLocation
  ) throws(TrainingError) -> String {
    guard case .text(let text) = passage else { throw .messages(source) }
    return text
  }
}

internal import PreferenceData
internal import Tokenization
internal import TrainingConfiguration

/// How judged completions become token ids: by ``CompletionTokenization``, and never cut, since what
/// is cut was judged as well.
struct RewardTokenization {
  private let completions: CompletionTokenization
  private let maxLength: Int
  private let agreement: AgreementChoice
  /// The part of tokens that perturbed copies lack; `nil` without copies.
  private let drop: Double?
  private let seed: UInt64

  /// What became of a record.
  enum Outcome {
    case item(RewardItem)
    case dropped(DropReason)
  }

  /// Rules for a tokenizer.
  ///
  /// - Throws: ``TrainingError`` if it names no end of sequence.
  init(
    _ configuration: RewardConfiguration, tokenizer: Tokenizer, directory: String
  ) throws(TrainingError) {
    completions = try CompletionTokenization(tokenizer: tokenizer, directory: directory)
    maxLength = configuration.data.maxLength
    agreement = configuration.agreement
    drop = configuration.smoothnessCoefficient > 0 ? configuration.smoothnessDrop : nil
    seed = UInt64(configuration.run.seed)
  }

  /// The item of a preference pair.
  func item(of pair: PreferencePair) throws(TrainingError) -> Outcome {
    let share = pair.agreement ?? 1
    return try item(
      prompt: pair.prompt, completions: [pair.chosen, pair.rejected],
      order: .pair(
        margin: pair.margin ?? 0, probability: agreement == .probability ? share : 1),
      weight: pair.weight * (agreement == .weight ? share : 1), paraphrase: pair.paraphrase,
      at: pair.source)
  }

  /// The item of a ranking.
  func item(of ranking: Ranking) throws(TrainingError) -> Outcome {
    try item(
      prompt: ranking.prompt, completions: ranking.completions, order: .ranking(ranking.ranks),
      weight: 1, paraphrase: nil, at: ranking.source)
  }

  private func item(
    prompt: Passage, completions passages: [Passage], order: RewardJudgment.Order,
    weight: Double, paraphrase words: Passage?, at source: SourceLocation
  ) throws(TrainingError) -> Outcome {
    let paraphrase = drop == nil ? nil : words
    let texts = try ([prompt] + passages + (paraphrase.map { [$0] } ?? [])).texts(at: source)
    let count = passages.count
    let encoding = completions.encode(prompt: texts[0], completions: Array(texts.dropFirst()))
    let sequences = Array(encoding.sequences.prefix(count))
    if encoding.sequences.contains(where: { $0.count > maxLength }) { return .dropped(.tooLong) }
    if Set(sequences).count == 1 { return .dropped(.identicalSides) }
    let copies = drop.map { rate in
      sequences.enumerated().map { index, ids in
        index == 0 && paraphrase != nil
          ? encoding.sequences[count]
          : perturbed(ids, from: encoding.shared, rate: rate, seed: source.line &* 31 &+ index)
      }
    }
    return .item(
      RewardItem(
        sequences: sequences, completionStart: encoding.shared, copies: copies ?? [],
        judgment: RewardJudgment(
          order: order, copies: copies?.count ?? 0, weight: weight, source: source)))
  }

  /// A completion without some of its tokens; the end of sequence stays, since the score is read there.
  private func perturbed(
    _ ids: [Int32], from start: Int, rate: Double, seed place: Int
  ) -> [Int32] {
    var random = SeededGenerator(
      seed: seed ^ UInt64(truncatingIfNeeded: place) &* 0x2545_F491_4F6C_DD1D)
    let bound = UInt64(rate * 0x1p53)
    return ids.indices.filter { index in
      index < start || index == ids.count - 1 || random.next() >> 11 >= bound
    }.map { ids[$0] }
  }
}

extension [Passage] {
  /// All of them as plain text.
  ///
  /// - Throws: ``TrainingError`` for messages.
  fileprivate func texts(at source: SourceLocation) throws(TrainingError) -> [String] {
    var texts: [String] = []
    for passage in self {
      guard case .text(let text) = passage else { throw .messages(source) }
      texts.append(text)
    }
    return texts
  }
}

public import PreferenceData

/// Preferences of a model by a constitution: the feedback of Bai et al. (2022, arXiv:2212.08073), section
/// 4.1, asked in both orders as by Lee et al. (2023, arXiv:2309.00267).
///
///     for each pair:  principles p₁ … p_n ~ the constitution's weights
///                     for each p, for each order: l = log P(" (A)"), log P(" (B)")
///                     probability = mean of the softmax, the orders turned to one
public struct ConstitutionalLabelling: Sendable {
  /// Two answers to one prompt.
  public struct Pair: Sendable, Hashable {
    /// The conversation before the answers, or a question alone.
    public var conversation: String
    /// The first answer.
    public var first: String
    /// The second answer.
    public var second: String

    /// A pair.
    ///
    /// - Parameters:
    ///   - conversation: The conversation before the answers, or a question alone.
    ///   - first: The first answer.
    ///   - second: The second answer.
    public init(conversation: String, first: String, second: String) {
      (self.conversation, self.first, self.second) = (conversation, first, second)
    }
  }

  /// In which orders a pair is shown.
  public enum Orders: String, Sendable, Hashable, CaseIterable {
    /// Each answer stands first once.
    case both
    /// The first answer stands first.
    case one

    var all: [ComparisonQuestion.Order] { self == .both ? [.straight, .swapped] : [.straight] }
  }

  /// What reasoned probabilities are clamped to, as in section 4.1 of the paper.
  public static let reasonedRange = 0.4...0.6

  /// In which orders a pair is shown.
  public var orders = Orders.both
  /// Principles that each pair is asked by; at most as many as there are.
  public var principlesEach = 1
  /// What probabilities are clamped to where the model has reasoned.
  public var reasonedRange = Self.reasonedRange
  private let constitution: Constitution
  private let principles: [Principle]
  private let seed: UInt64

  /// A way to label.
  ///
  /// - Parameters:
  ///   - constitution: Some of its principles have a comparison.
  ///   - seed: Decides the principles.
  /// - Throws: ``ConstitutionError/noRequest(_:)``.
  public init(_ constitution: Constitution, seed: UInt64) throws(ConstitutionError) {
    principles = constitution.comparing
    guard !principles.isEmpty else { throw .noRequest(.comparison) }
    (self.constitution, self.seed) = (constitution, seed)
  }

  /// Labels pairs by what the model thinks at once.
  ///
  /// - Parameters:
  ///   - pairs: What is compared.
  ///   - scorer: Who judges.
  /// - Returns: One label a pair, in order.
  /// - Throws: What `scorer` throws.
  public func labels(
    of pairs: [Pair], by scorer: some ContinuationScorer
  ) async throws -> [PreferenceLabel] {
    let asked = questions(of: pairs)
    let scores = try await scorer.logProbabilities(
      of: asked.map { OptionQuestion($0.question.text(in: $0.order), options: Self.options) })
    return labels(of: pairs, asked, scores, reasoning: nil)
  }

  /// Labels pairs by what the model thinks after it has reasoned.
  ///
  /// - Parameters:
  ///   - pairs: What is compared.
  ///   - scorer: Who judges.
  ///   - reasoner: Who reasons: the same model.
  /// - Returns: One label a pair, in order.
  /// - Throws: What they throw; ``OversightError/silentReasoner(requests:)`` if nothing was reasoned at all.
  public func reasonedLabels(
    of pairs: [Pair], by scorer: some ContinuationScorer, reasoner: some Completer
  ) async throws -> [PreferenceLabel] {
    let asked = questions(of: pairs)
    let reasoning = try await reasoner.completions(
      of: asked.enumerated().map {
        CompletionRequest($1.question.reasoningRequest(in: $1.order), draw: UInt64($0))
      }
    ).map(ComparisonQuestion.reasoning)
    guard asked.isEmpty || reasoning.contains(where: { !$0.isEmpty }) else {
      throw OversightError.silentReasoner(requests: asked.count)
    }
    let scores = try await scorer.logProbabilities(
      of: zip(asked, reasoning).map {
        OptionQuestion($0.question.text(in: $0.order, after: $1), options: Self.options)
      })
    return labels(of: pairs, asked, scores, reasoning: reasoning)
  }

  private static let options = ComparisonQuestion.options

  private struct Asked {
    let pair: Int
    let question: ComparisonQuestion
    let order: ComparisonQuestion.Order
  }

  private func questions(of pairs: [Pair]) -> [Asked] {
    pairs.enumerated().flatMap { index, pair in
      drawn(forPair: index).flatMap { principle in
        let question = ComparisonQuestion(
          conversation: pair.conversation, first: pair.first, second: pair.second,
          principle: principle, examples: constitution.comparisonExamples)
        return orders.all.map { Asked(pair: index, question: question, order: $0) }
      }
    }
  }

  /// The principles of a pair, no one twice.
  private func drawn(forPair index: Int) -> [Principle] {
    var generator = SeededGenerator(seed: seed, purpose: "principles of pair \(index)")
    var left = principles
    return (0..<min(principlesEach, principles.count)).compactMap { _ in
      guard let principle = left.drawn(using: &generator) else { return nil }
      left.removeAll { $0.name == principle.name }
      return principle
    }
  }

  private func labels(
    of pairs: [Pair], _ asked: [Asked], _ scores: [[Double]], reasoning: [String]?
  ) -> [PreferenceLabel] {
    var verdicts = [[PreferenceLabel.Verdict]](repeating: [], count: pairs.count)
    let step = orders.all.count
    for start in stride(from: 0, to: asked.count, by: step) {
      let options = (start..<(start + step)).map {
        SoftPreference.OptionScores(a: scores[$0][0], b: scores[$0][1])
      }
      verdicts[asked[start].pair].append(
        .init(
          principle: asked[start].question.principle.name,
          preference: SoftPreference(
            straight: options[0], swapped: options.count > 1 ? options[1] : nil),
          reasoning: reasoning.map { Array($0[start..<(start + step)]) } ?? []))
    }
    return verdicts.map { PreferenceLabel($0, clamping: reasoning == nil ? nil : reasonedRange) }
  }
}

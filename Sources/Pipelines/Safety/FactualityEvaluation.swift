public import Oversight
public import PreferenceData

/// Asks a model the same question again and again, and finds out whether its first answer is to be believed: by the
/// words of the other answers, by what the model thinks of them, and by a reference where there is one.
public struct FactualityEvaluation {
  /// A question about facts.
  public struct Question: Sendable, Hashable {
    /// What is asked.
    public var prompt: String
    /// A text that bears right answers out; `nil` for none.
    public var reference: String?

    /// A question.
    ///
    /// - Parameters:
    ///   - prompt: What is asked.
    ///   - reference: A text that bears right answers out.
    public init(_ prompt: String, reference: String? = nil) {
      (self.prompt, self.reference) = (prompt, reference)
    }
  }

  /// What is asked, at least one question.
  public var questions: [Question]
  /// Further answers to each question.
  public var samples = 5
  /// The same model as a judge of its sentences; `nil` for nobody.
  public var scorer: (any ContinuationScorer)?
  /// From where on a measure speaks against an answer.
  public var profile = Factuality.Profile()

  /// An evaluation.
  ///
  /// - Parameter questions: At least one.
  public init(_ questions: [Question]) {
    precondition(!questions.isEmpty, "no questions")
    self.questions = questions
  }

  /// What came of it.
  public struct Outcome {
    /// The numbers.
    public var result: FactualityResult
    /// For each answer whether something speaks against it.
    public var isUnfactual: [Bool]
  }

  /// Asks and judges.
  ///
  /// - Parameter completer: Who is asked.
  /// - Returns: The numbers, and which answers are not to be believed.
  /// - Throws: What `completer` and the scorer throw.
  public func callAsFunction(_ completer: any Completer) async throws -> Outcome {
    precondition(samples > 0, "an answer is compared with at least one other")
    let requests = questions.enumerated().flatMap { number, question in
      (0...samples).map { sample in
        CompletionRequest(
          RevisionDialogue(prompt: question.prompt).prompt,
          draw: 1 << 41 | UInt64(number) << 12 | UInt64(sample))
      }
    }
    let all = try await completer.completions(of: requests).map(RevisionDialogue.reply)
    let answers = questions.indices.map { all[$0 * (samples + 1)] }
    let others = questions.indices.map { number in
      Array(all[(number * (samples + 1) + 1)..<((number + 1) * (samples + 1))])
    }
    let agreements = try await self.agreements(of: answers, with: others)
    let supports = zip(questions, answers).map { question, answer in
      question.reference.map { ReferenceSupport(of: answer, in: $0) }
    }
    let consistencies = zip(answers, others).map { SelfConsistency(answer: $0, samples: $1) }
    let verdicts = questions.indices.map {
      Factuality(
        consistency: consistencies[$0], agreement: agreements?[$0], support: supports[$0],
        profile: profile)
    }
    let isUnfactual = verdicts.map { $0.isFactual == false }
    return Outcome(
      result: FactualityResult(
        verdicts, samples: samples, consistencies: consistencies, agreements: agreements ?? [],
        supports: supports.compactMap { $0 }), isUnfactual: isUnfactual)
  }

  /// What the model thinks of each sentence of an answer beside each other answer.
  private func agreements(
    of answers: [String], with others: [[String]]
  ) async throws -> [SelfAgreement]? {
    guard let scorer else { return nil }
    let sentences = answers.map { Sentences.split($0) }
    let questions = zip(sentences, others).flatMap { sentences, others in
      sentences.flatMap { sentence in
        others.map { SupportQuestion(sentence: sentence, context: $0) }
      }
    }
    var doubts = zip(
      questions, try await scorer.logProbabilities(of: questions.map(\.question))
    ).map { SupportQuestion.doubt($1) }[...]
    return zip(sentences, others).map { sentences, others in
      SelfAgreement(
        doubts: sentences.map { _ in
          defer { doubts = doubts.dropFirst(others.count) }
          return Array(doubts.prefix(others.count))
        })
    }
  }
}

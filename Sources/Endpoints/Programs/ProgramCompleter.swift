public import PreferenceData

/// A program that continues prompts and says how probable options are, a JSON object a line.
///
/// `{"prompt": "…", "draw": 0}` is answered with `{"completion": "…"}`, and `{"text": "…", "options":
/// [" (A)", " (B)"]}` with `{"log_probabilities": [-0.1, null]}`: a number an option, in nats and up to a
/// constant, or null for one that is impossible. Of a draw the lower 53 bits are told, which every
/// reader of JSON keeps.
public struct ProgramCompleter: Completer, ContinuationScorer, Sendable {
  private let program: JSONLinesProgram
  private let limit: Duration

  /// A completer that is a program.
  ///
  /// - Parameters:
  ///   - program: What answers.
  ///   - limit: How long it may take over all that it is asked at once.
  public init(program: JSONLinesProgram, limit: Duration = .seconds(600)) {
    (self.program, self.limit) = (program, limit)
  }

  /// Asks the program to continue prompts.
  ///
  /// - Parameter requests: What is continued.
  /// - Returns: One completion a request, in order.
  /// - Throws: ``ProgramError``, or `CancellationError`.
  public func completions(of requests: [CompletionRequest]) async throws -> [String] {
    let rows = requests.map { request -> JSONObject in
      [
        "prompt": .string(request.prompt),
        "draw": .number(Double(request.draw & (1 << 53 - 1))),
      ]
    }
    return try await program.ask(
      rows, within: limit, expecting: { _ in "an object with a text as 'completion'" }
    ) { answer, _ in
      guard case .string(let completion) = answer["completion"] else { return nil }
      return completion
    }
  }

  /// Asks the program for the log probabilities of options.
  ///
  /// - Parameter questions: What is asked.
  /// - Returns: For each question, for each option, log P(option | text) in nats, up to a constant.
  /// - Throws: ``ProgramError``, or `CancellationError`.
  public func logProbabilities(of questions: [OptionQuestion]) async throws -> [[Double]] {
    let rows = questions.map { question -> JSONObject in
      [
        "text": .string(question.text),
        "options": .array(question.options.map { .string($0) }),
      ]
    }
    let counts = questions.map(\.options.count)
    return try await program.ask(
      rows, within: limit,
      expecting: {
        "an object with a list of \(counts[$0]) numbers as 'log_probabilities'; null stands for an "
          + "option that is impossible, which not all may be"
      }
    ) { answer, row in answer["log_probabilities"]?.logProbabilities(of: counts[row]) }
  }
}

internal import PreferenceData

extension AnswerJournal {
  /// Answers questions, of which only those are asked whose answer is not there; equal ones once.
  ///
  /// - Parameters:
  ///   - questions: What is asked.
  ///   - model: Who is asked.
  ///   - progress: Is told how many are answered, and of how many; may throw, to stop.
  ///   - ask: Asks, and hands each answer on with the place of its question, as soon as it is there.
  /// - Returns: One answer a question, in order.
  /// - Throws: What `ask` and `progress` throw, ``JournalError`` or `RunRecordError`; what was answered
  ///   before is kept.
  func answers<Question: JournaledQuestion>(
    to questions: [Question], of model: String, progress: @escaping (Int, Int) throws -> Void,
    asking ask: ([Question], (Int, Question.Answer) throws -> Void) async throws -> Void
  ) async throws -> [Question.Answer] {
    let keys = questions.map { Key($0, of: model) }
    var (missing, places): ([Question], [Key: Int]) = ([], [:])
    /// How many questions an answer to one that is asked answers.
    var askers: [Int] = []
    for (question, key) in zip(questions, keys) where answer(to: question, key) == nil {
      if let place = places[key] {
        askers[place] += 1
      } else {
        places[key] = missing.count
        missing.append(question)
        askers.append(1)
      }
    }
    recall(questions.count - missing.count)
    var done = questions.count - askers.reduce(0, +)
    try progress(done, questions.count)
    if !missing.isEmpty {
      try await ask(missing) { place, answer in
        try add(answer, to: missing[place], of: model)
        done += askers[place]
        try progress(done, questions.count)
      }
    }
    return zip(questions, keys).map { question, key in
      guard let answer = answer(to: question, key) else {
        preconditionFailure("a question without an answer")
      }
      return answer
    }
  }

  /// Asks some at a time.
  ///
  /// - Parameters:
  ///   - questions: What is asked.
  ///   - chunk: How many at a time.
  ///   - ask: Asks some.
  ///   - each: Takes an answer, with the place of its question.
  /// - Throws: What `ask` and `each` throw, or `CancellationError`.
  static func inChunks<Question, Answer>(
    _ questions: [Question], of chunk: Int, ask: ([Question]) async throws -> [Answer],
    each: (Int, Answer) throws -> Void
  ) async throws {
    for start in stride(from: 0, to: questions.count, by: chunk) {
      try Task.checkCancellation()
      let some = Array(questions[start..<min(start + chunk, questions.count)])
      let answers = try await ask(some)
      precondition(
        answers.count == some.count, "\(answers.count) answers to \(some.count) questions")
      for (offset, answer) in answers.enumerated() { try each(start + offset, answer) }
    }
  }
}

import Endpoints
import PreferenceData
import Synchronization

/// A model of the test's own, which keeps what it was asked, batch after batch.
final class ScriptedModel: Completer, ContinuationScorer, Sendable {
  struct Refusal: Error {}

  private let state: Mutex<(batches: [[String]], refused: String?)>

  /// - Parameter refused: The prompt at which it fails, once.
  init(refusing refused: String? = nil) { state = Mutex(([], refused)) }

  /// What was asked.
  var batches: [[String]] { state.withLock { $0.batches } }

  func completions(of requests: [CompletionRequest]) async throws -> [String] {
    try note(requests.map(\.prompt))
    return requests.map { "\($0.prompt) \($0.draw)" }
  }

  func logProbabilities(of questions: [OptionQuestion]) async throws -> [[Double]] {
    try note(questions.map(\.text))
    return questions.map { question in
      // "nan" and "never" are answered with what is no answer.
      question.options.indices.map { option in
        question.text == "nan"
          ? .nan : option == 0 || question.text == "never" ? -.infinity : -Double(option)
      }
    }
  }

  private func note(_ texts: [String]) throws {
    try state.withLock { state in
      state.batches.append(texts)
      guard let refused = state.refused, texts.contains(refused) else { return }
      state.refused = nil
      throw Refusal()
    }
  }
}

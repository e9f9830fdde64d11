import PreferenceData

/// A model that is a function of what it is given, and remembers what that was.
struct ScriptedModel: Completer, ContinuationScorer {
  final class Log {
    var requests: [CompletionRequest] = []
    var questions: [OptionQuestion] = []
  }

  let log = Log()
  /// What it writes.
  var answer: (CompletionRequest) -> String = { _ in "" }
  /// What it thinks of (A) and (B), in nats.
  var nats: (_ text: String) -> [Double] = { _ in [0, 0] }

  func completions(of requests: [CompletionRequest]) async throws -> [String] {
    log.requests += requests
    return requests.map(answer)
  }

  func logProbabilities(of questions: [OptionQuestion]) async throws -> [[Double]] {
    log.questions += questions
    return questions.map { nats($0.text) }
  }
}

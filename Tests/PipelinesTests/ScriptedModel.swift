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
  /// What it thinks of the options, in nats.
  var nats: (_ question: OptionQuestion) -> [Double] = { $0.options.map { _ in 0 } }

  func completions(of requests: [CompletionRequest]) async throws -> [String] {
    log.requests += requests
    return requests.map(answer)
  }

  func logProbabilities(of questions: [OptionQuestion]) async throws -> [[Double]] {
    log.questions += questions
    return questions.map(nats)
  }
}

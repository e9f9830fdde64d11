internal import Monitoring

/// What metrics say of answers, by vLLM's names and by OpenTelemetry's.
extension ModelService {
  /// Counts an answer.
  func count(_ answering: Answering, _ answer: Answer) {
    let model = ["model_name": models.control.name]
    let attributes = attributes(answering)
    metrics.histogram(.requestLatency, model).observe(answer.seconds)
    metrics.histogram(.queueTime, model).observe(answer.queued)
    metrics.histogram(.serverDuration, attributes.merging(["error_type": ""]) { $1 })
      .observe(answer.seconds)
    for (type, tokens) in [("input", answer.usage.prompt), ("output", answer.usage.completion)] {
      metrics.histogram(.tokenUsage, attributes.merging(["gen_ai_token_type": type]) { $1 })
        .observe(Double(tokens))
    }
    if let first = answer.firstToken {
      metrics.histogram(.timeToFirstToken, model).observe(first)
      metrics.histogram(.serverTimeToFirstToken, attributes).observe(first)
      let gaps = answer.usage.completion / max(1, answer.choices.count) - 1
      if gaps > 0 {
        let gap = (answer.seconds - first) / Double(gaps)
        metrics.histogram(.interTokenLatency, model).observe(gap)
        metrics.histogram(.serverTimePerToken, attributes).observe(gap)
      }
    }
    for choice in answer.choices {
      let labels = model.merging(["finished_reason": choice.result.ending.rawValue]) { $1 }
      metrics.counter(.requestSuccesses, labels).increment()
    }
  }

  /// Counts an answer that has no end, through a fault of the server.
  ///
  /// - Parameters:
  ///   - answering: The answer.
  ///   - code: One of few words for the fault.
  func countFailure(_ answering: Answering, _ code: String) {
    metrics.histogram(.serverDuration, attributes(answering).merging(["error_type": code]) { $1 })
      .observe(answering.start.duration(to: .now) / .seconds(1))
  }

  /// A candidate answers under the name of the model in use.
  private func attributes(_ answering: Answering) -> [String: String] {
    [
      "gen_ai_operation_name": answering.kind == .chat ? "chat" : "text_completion",
      "gen_ai_provider_name": "attune", "gen_ai_request_model": models.control.name,
      "gen_ai_response_model": models.control.name,
    ]
  }
}

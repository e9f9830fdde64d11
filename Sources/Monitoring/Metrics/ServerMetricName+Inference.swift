/// What vLLM calls it: load, tokens and times, by model.
extension ServerMetricName {
  private static let model = ["model_name"]

  /// Requests that are being answered.
  public static let requestsRunning = ServerMetricName(
    "vllm:num_requests_running", .gauge, "Requests that are being answered.", labels: model)
  /// Requests that wait for a place.
  public static let requestsWaiting = ServerMetricName(
    "vllm:num_requests_waiting", .gauge, "Requests that wait for a place.", labels: model)
  /// How much of the key-value cache is in use, from 0 to 1.
  public static let cacheUsage = ServerMetricName(
    "vllm:kv_cache_usage_perc", .gauge,
    "How much of the key-value cache is in use, from 0 to 1 in spite of the name.", labels: model)
  /// Tokens of prompts.
  public static let promptTokens = ServerMetricName(
    "vllm:prompt_tokens_total", .counter, "Tokens of prompts.", labels: model)
  /// Tokens of answers.
  public static let generationTokens = ServerMetricName(
    "vllm:generation_tokens_total", .counter, "Tokens of answers.", labels: model)
  /// Requests that were answered to their end, by why it ended.
  public static let requestSuccesses = ServerMetricName(
    "vllm:request_success_total", .counter,
    "Requests that were answered to their end, by why it ended.",
    labels: model + ["finished_reason"])

  /// Seconds from the request to the first token.
  public static let timeToFirstToken = ServerMetricName(
    "vllm:time_to_first_token_seconds", .histogram(bounds: firstTokenBounds),
    "Seconds from the request to the first token.", labels: model)
  /// Seconds from one token to the next.
  public static let interTokenLatency = ServerMetricName(
    "vllm:inter_token_latency_seconds", .histogram(bounds: tokenBounds),
    "Seconds from one token to the next.", labels: model)
  /// Seconds from the request to the end of the answer.
  public static let requestLatency = ServerMetricName(
    "vllm:e2e_request_latency_seconds", .histogram(bounds: durationBounds),
    "Seconds from the request to the end of the answer.", labels: model)
  /// Seconds in the queue.
  public static let queueTime = ServerMetricName(
    "vllm:request_queue_time_seconds", .histogram(bounds: durationBounds),
    "Seconds in the queue.", labels: model)

  static let load: [ServerMetricName] = [
    .requestsRunning, .requestsWaiting, .cacheUsage, .promptTokens, .generationTokens,
    .requestSuccesses,
  ]
  static let latency: [ServerMetricName] = [
    .timeToFirstToken, .interTokenLatency, .requestLatency, .queueTime,
  ]

  // MARK: Bounds that OpenTelemetry's conventions for generative models advise, in seconds

  /// Of `gen_ai.server.time_to_first_token`.
  static let firstTokenBounds = [
    0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
  ]
  /// Of `gen_ai.server.time_per_output_token`.
  static let tokenBounds = [
    0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5,
  ]
  /// Of `gen_ai.server.request.duration`: 0.01 doubled up to 81.92.
  static let durationBounds = [
    0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
  ]
  /// Of `gen_ai.client.token.usage`: the powers of 4 up to 67,108,864 tokens.
  static let tokenCountBounds = (0...13).map { Double(1 << (2 * $0)) }
}

/// What OpenTelemetry's conventions for generative models call it, dots as underscores and units said,
/// as its exporter for Prometheus does it. The conventions are in development: names may change.
extension ServerMetricName {
  private static let attributes = [
    "gen_ai_operation_name", "gen_ai_provider_name", "gen_ai_request_model",
    "gen_ai_response_model",
  ]

  /// `gen_ai.client.token.usage`
  public static let tokenUsage = ServerMetricName(
    "gen_ai_client_token_usage", .histogram(bounds: tokenCountBounds),
    "Tokens of a request, by whether they came in or went out.",
    labels: attributes + ["gen_ai_token_type"])
  /// `gen_ai.server.request.duration`
  public static let serverDuration = ServerMetricName(
    "gen_ai_server_request_duration_seconds", .histogram(bounds: durationBounds),
    "Seconds from the request to the end of the answer, by error if there was one.",
    labels: attributes + ["error_type"])
  /// `gen_ai.server.time_to_first_token`
  public static let serverTimeToFirstToken = ServerMetricName(
    "gen_ai_server_time_to_first_token_seconds", .histogram(bounds: firstTokenBounds),
    "Seconds from the request to the first token, of answers that succeed.", labels: attributes)
  /// `gen_ai.server.time_per_output_token`
  public static let serverTimePerToken = ServerMetricName(
    "gen_ai_server_time_per_output_token_seconds", .histogram(bounds: tokenBounds),
    "Mean seconds a token after the first one, of answers that succeed.", labels: attributes)

  static let openTelemetry: [ServerMetricName] = [
    .tokenUsage, .serverDuration, .serverTimeToFirstToken, .serverTimePerToken,
  ]
}

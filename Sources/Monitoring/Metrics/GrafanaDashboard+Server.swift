extension GrafanaDashboard {
  /// Load, times, safety, the canary and alignment of a server.
  public static let server = GrafanaDashboard(
    title: "Attune",
    rows: [
      Row(
        "Load",
        [
          Panel("Requests", .number, .value(of: .requestsRunning), .value(of: .requestsWaiting)),
          Panel("Key-value cache", .share, .value(of: .cacheUsage, by: ["model_name"])),
          Panel(
            "Tokens a second", .perSecond, .rate(of: .promptTokens), .rate(of: .generationTokens)),
          Panel("Why answers end", .share, .share(of: .requestSuccesses, by: ["finished_reason"])),
          Panel("Responses", .perSecond, .rate(of: .httpResponses, by: ["status"])),
        ]),
      Row(
        "Times",
        [
          times("To the first token", .timeToFirstToken),
          times("From token to token", .interTokenLatency),
          times("To the end of the answer", .requestLatency),
          times("In the queue", .queueTime),
        ]),
      Row(
        "Safety and feedback",
        [
          Panel("Verdicts", .perSecond, .rate(of: .safetyVerdicts, by: ["stage", "action"])),
          times("In the safety filter", .safetyTime),
          Panel("Feedback", .perSecond, .rate(of: .feedback, by: ["arm", "label"])),
        ]),
      Row(
        "Canary",
        [
          Panel("The candidate's share", .share, .value(of: .canaryShare)),
          Panel("Requests by arm", .perSecond, .rate(of: .canaryRequests, by: ["arm"])),
          Panel(
            "Bad events", .perSecond, .rate(of: .canaryBadEvents, by: ["guardrail", "arm"])),
          Panel(
            "Evidence against the candidate, and its limit", .number,
            .value(of: .canaryEvidence, by: ["guardrail"]),
            .value(of: .canaryLimit, by: ["guardrail"])),
          Panel("Decisions", .perSecond, .rate(of: .canaryDecisions, by: ["phase"])),
        ]),
      Row(
        "Alignment",
        [
          Panel("Metrics", .number, .value(of: .alignment, by: ["metric"])),
          Panel("Alerts that fire", .number, .value(of: .alertsFiring, by: ["severity"])),
        ]),
      Row(
        "By OpenTelemetry's names",
        [
          Panel(
            "Tokens of a request", .number,
            .quantile(0.5, of: .tokenUsage, by: ["gen_ai_token_type"])),
          Panel(
            "Times", .seconds, .quantile(0.95, of: .serverDuration, by: ["error_type"]),
            .quantile(0.95, of: .serverTimeToFirstToken),
            .quantile(0.95, of: .serverTimePerToken)),
        ]),
    ])

  /// The median and two upper quantiles.
  private static func times(_ title: String, _ metric: ServerMetricName) -> Panel {
    Panel(
      title, .seconds, .quantile(0.5, of: metric), .quantile(0.95, of: metric),
      .quantile(0.99, of: metric))
  }
}

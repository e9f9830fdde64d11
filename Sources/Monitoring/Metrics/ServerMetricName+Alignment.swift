/// What nobody else measures: safety, feedback, the canary, alignment.
extension ServerMetricName {
  /// Responses by route and status.
  public static let httpResponses = ServerMetricName(
    "attune_http_responses_total", .counter, "Responses, by route and status.",
    labels: ["route", "status"])
  /// Verdicts of the safety filter.
  public static let safetyVerdicts = ServerMetricName(
    "attune_safety_verdicts_total", .counter,
    "Verdicts of the safety filter: on what (prompt, answer) and what was done.",
    labels: ["stage", "action"])
  /// Seconds that the safety filter took.
  public static let safetyTime = ServerMetricName(
    "attune_safety_filter_seconds", .histogram(bounds: filterBounds),
    "Seconds that the safety filter took.", labels: ["stage"])
  /// Feedback by arm and sign.
  public static let feedback = ServerMetricName(
    "attune_feedback_total", .counter, "Feedback, by arm and by what it says.",
    labels: ["arm", "label"])
  /// The latest value of an alignment metric.
  public static let alignment = ServerMetricName(
    "attune_alignment", .gauge, "The latest value of a metric of alignment.", labels: ["metric"])
  /// Alert rules that fire.
  public static let alertsFiring = ServerMetricName(
    "attune_alerts_firing", .gauge, "Alert rules that fire.", labels: ["severity"])

  /// The candidate's share of traffic.
  public static let canaryShare = ServerMetricName(
    "attune_canary_share", .gauge, "The candidate's share of traffic, from 0 to 1.")
  /// Requests answered within the canary, by arm.
  public static let canaryRequests = ServerMetricName(
    "attune_canary_requests_total", .counter, "Requests answered, by arm.", labels: ["arm"])
  /// Bad events that count, by guardrail and arm.
  public static let canaryBadEvents = ServerMetricName(
    "attune_canary_bad_events_total", .counter, "Bad events that count, by guardrail and arm.",
    labels: ["guardrail", "arm"])
  /// Evidence against the candidate by guardrail.
  public static let canaryEvidence = ServerMetricName(
    "attune_canary_log_e_value", .gauge,
    "Natural logarithm of the evidence that the candidate is worse; 0 for none.",
    labels: ["guardrail"])
  /// Where that evidence rolls back.
  public static let canaryLimit = ServerMetricName(
    "attune_canary_log_e_limit", .gauge,
    "Where the logarithm of the evidence rolls the candidate back.", labels: ["guardrail"])
  /// Decisions by the phase that they lead to.
  public static let canaryDecisions = ServerMetricName(
    "attune_canary_decisions_total", .counter, "Changes of the canary's phase, by the new one.",
    labels: ["phase"])

  static let oversight: [ServerMetricName] = [
    .httpResponses, .safetyVerdicts, .safetyTime, .feedback, .alignment, .alertsFiring,
  ]
  static let canary: [ServerMetricName] = [
    .canaryShare, .canaryRequests, .canaryBadEvents, .canaryEvidence, .canaryLimit,
    .canaryDecisions,
  ]

  /// From a tenth of a millisecond, which a list of words takes, to what a model as judge does.
  private static let filterBounds = [
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5,
  ]
}

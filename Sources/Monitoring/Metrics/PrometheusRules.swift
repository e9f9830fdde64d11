/// Rules by which Prometheus alarms somebody, for a server's metrics: a file that it reads.
///
/// Rules on the level of an alignment metric are among them. Those on its baseline or its drift are judged by the
/// server itself, which knows both: Prometheus hears of them by ``ServerMetricName/alertsFiring``.
public struct PrometheusRules: Sendable, Hashable {
  private let rules: [AlertRule]

  /// Rules.
  ///
  /// - Parameter rules: Further rules, of which those with `above` or `below` are written.
  public init(_ rules: [AlertRule] = []) { self.rules = rules }

  /// The file, as YAML.
  public var yaml: String {
    let usual = [
      entry(
        "AttuneAlert", "max by (severity) (\(ServerMetricName.alertsFiring.name)) > 0", 0,
        "{{ $labels.severity }}", "An alert rule of attune fires."),
      entry(
        "AttuneServerErrors",
        "sum (rate(\(ServerMetricName.httpResponses.name){status=~\"5..\"}[5m])) "
          + "/ sum (rate(\(ServerMetricName.httpResponses.name)[5m])) > 0.05", 300, "critical",
        "More than 5 % of responses are errors of the server."),
      entry(
        "AttuneFirstTokenSlow",
        "histogram_quantile(0.95, sum by (le) "
          + "(rate(\(ServerMetricName.timeToFirstToken.name)_bucket[5m]))) > 10", 300, "warning",
        "One request in twenty waits 10 seconds for its first token."),
      entry(
        "AttuneCanaryWorse",
        "\(ServerMetricName.canaryEvidence.name) >= \(ServerMetricName.canaryLimit.name)", 0,
        "critical", "The candidate is worse than the model in use."),
    ]
    let further = rules.compactMap { rule -> String? in
      let metric = "\(ServerMetricName.alignment.name){metric=\"\(Self.escaped(rule.metric))\"}"
      return switch rule.condition {
      case .above(let bound): level(rule, "\(metric) > \(bound)")
      case .below(let bound): level(rule, "\(metric) < \(bound)")
      case .rises, .falls, .changes, .drifts: nil
      }
    }
    return "groups:\n  - name: attune\n    rules:\n" + (usual + further).joined()
  }

  private func level(_ rule: AlertRule, _ expression: String) -> String {
    entry(
      rule.name, expression, rule.holdSeconds, rule.severity.rawValue,
      "\(rule.metric) is \(rule.condition.words).")
  }

  /// A century is as good as for ever.
  private var longest: Double { 100 * 366 * 86_400 }

  private func entry(
    _ name: String, _ expression: String, _ seconds: Double, _ severity: String, _ summary: String
  ) -> String {
    """
          - alert: \(Self.quoted(name))
            expr: \(Self.quoted(expression))
            for: \(Int(min(seconds, longest).rounded(.up)))s
            labels: {severity: \(Self.quoted(severity))}
            annotations: {summary: \(Self.quoted(summary))}

    """
  }

  /// In single quotes, in which YAML reads nothing but a doubled quote.
  private static func quoted(_ text: String) -> String {
    "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'"
  }

  /// As PromQL has a text between quotation marks: as the exposition has the values of labels.
  private static func escaped(_ label: String) -> String {
    PrometheusText.escaped(label, isQuoted: true)
  }
}

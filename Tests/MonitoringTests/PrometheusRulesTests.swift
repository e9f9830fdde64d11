import Monitoring
import Testing

@Suite("Alert rules for Prometheus")
struct PrometheusRulesTests {
  private func expressions(_ rules: [AlertRule]) -> [String] {
    lines(PrometheusRules(rules), "        expr: ")
  }

  private func lines(_ rules: PrometheusRules, _ prefix: String) -> [String] {
    rules.yaml.split(separator: "\n").filter { $0.hasPrefix(prefix) }
      .map { String($0.dropFirst(prefix.count)) }
  }

  @Test("what every server is watched for is written whatever rules there are")
  func usual() {
    #expect(
      lines(PrometheusRules(), "      - alert: ") == [
        "'AttuneAlert'", "'AttuneServerErrors'", "'AttuneFirstTokenSlow'", "'AttuneCanaryWorse'",
      ])
    #expect(
      expressions([]).last == "'attune_canary_log_e_value >= attune_canary_log_e_limit'")
  }

  @Test("rules on a level are written, those on a baseline or a drift are the server's")
  func levels() {
    let rules = [
      AlertRule("reward_mean", .below(-0.5), name: "it's low", holdSeconds: 90.5),
      AlertRule("reward_mean", .rises(by: 0.1)),
      AlertRule("reward_mean", .drifts(atLeast: .moderate)),
    ]
    #expect(expressions(rules).count == 5)
    #expect(expressions(rules).last == #"'attune_alignment{metric="reward_mean"} < -0.5'"#)
    #expect(lines(PrometheusRules(rules), "      - alert: ").last == "'it''s low'")
    #expect(lines(PrometheusRules(rules), "        for: ").last == "91s")
  }

  @Test("a metric of any name, held for however long, is written so that it can be read")
  func hostile() {
    let rules = [
      AlertRule("a\"b\\c\nd\r\ne", .above(1), name: "x", holdSeconds: 1e300)
    ]
    #expect(
      expressions(rules).last == #"'attune_alignment{metric="a\"b\\c\nd"# + "\r" + #"\ne"} > 1.0'"#)
    // A hundred years of 366 days.
    #expect(lines(PrometheusRules(rules), "        for: ").last == "3162240000s")
  }
}

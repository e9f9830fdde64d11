import Foundation
import Monitoring
import Testing

@Suite("Alerts")
struct AlertTests {
  private func time(_ seconds: Double) -> Date {
    Date(timeIntervalSince1970: 1_800_000_000 + seconds)
  }

  /// The moments at which a rule fires and is resolved.
  private func story(_ rule: AlertRule, _ values: [(Double, Double?)]) -> [String] {
    var state = AlertState()
    return values.compactMap { seconds, value in
      state.observe(AlertReading(value: value), by: rule, at: time(seconds)).map {
        "\($0.status.rawValue) \(Int(seconds))"
      }
    }
  }

  @Test("conditions, and what they cannot tell")
  func conditions() {
    func holds(_ condition: AlertCondition, _ value: Double?, _ baseline: Double? = nil) -> Bool? {
      condition.holds(of: AlertReading(value: value, baseline: baseline))
    }
    #expect(holds(.above(1), 1) == false && holds(.above(1), 1.1) == true)
    #expect(holds(.below(1), 1) == false && holds(.below(1), 0.9) == true)
    #expect(holds(.above(1), nil) == nil && holds(.below(1), .nan) == nil)
    #expect(holds(.above(1), .infinity) == true)
    #expect(holds(.rises(by: 0.5), 3, 2) == false && holds(.rises(by: 0.5), 3.1, 2) == true)
    #expect(holds(.rises(by: 0.5), 0.1, 2) == false && holds(.rises(by: 0.5), 3) == nil)
    // −2 up by 1.1 is more than half of its size.
    #expect(holds(.rises(by: 0.5), -0.9, -2) == true && holds(.falls(by: 0.5), -3.1, -2) == true)
    #expect(holds(.falls(by: 0.5), 1, 2) == false && holds(.falls(by: 0.5), 0.9, 2) == true)
    #expect(holds(.falls(by: 0.5), 9, 2) == false && holds(.falls(by: 0.5), -2.5, -2) == false)
    #expect(holds(.changes(by: 0.5), 0.9, 2) == true && holds(.changes(by: 0.5), 3.1, 2) == true)
    #expect(holds(.changes(by: 0.5), 2.5, 2) == false)
    #expect(holds(.rises(by: 0.5), 0.1, 0) == true && holds(.changes(by: 0.5), 0, 0) == false)
    func drifts(_ least: AlertReading.Drift, _ drift: AlertReading.Drift?) -> Bool? {
      AlertCondition.drifts(atLeast: least).holds(of: AlertReading(drift: drift))
    }
    #expect(drifts(.moderate, .moderate) == true && drifts(.moderate, .significant) == true)
    #expect(
      drifts(.significant, .moderate) == false
        && drifts(.moderate, AlertReading.Drift.none) == false)
    #expect(drifts(.moderate, nil) == nil)
  }

  @Test("it fires when it has been wrong for the rule's time without a break, and is resolved once")
  func hold() {
    let rule = AlertRule("m", .above(1), holdSeconds: 60, cooldownSeconds: 0)
    #expect(
      story(rule, [(0, 2), (59, 2), (60, 2), (90, 2), (100, 0), (110, 0)]) == [
        "firing 60", "resolved 100",
      ])
    #expect(story(rule, [(0, 2), (50, 0), (60, 2), (110, 2), (120, 2)]) == ["firing 120"])
    // What is not measured changes nothing.
    #expect(story(rule, [(0, 2), (50, nil), (60, 2), (70, nil)]) == ["firing 60"])
    let atOnce = AlertRule("m", .above(1), cooldownSeconds: 0)
    #expect(
      story(atOnce, [(0, 2), (1, 0), (2, 2), (3, 0)]) == [
        "firing 0", "resolved 1", "firing 2", "resolved 3",
      ])
  }

  @Test("within the cool-down it alarms once; at its end, if it is wrong still")
  func cooldown() {
    let rule = AlertRule("m", .above(1), cooldownSeconds: 100)
    #expect(
      story(rule, [(0, 2), (10, 0), (20, 2), (30, 0), (40, 2), (99, 2), (100, 2), (110, 0)])
        == ["firing 0", "resolved 10", "firing 100", "resolved 110"])
    #expect(
      story(rule, [(0, 2), (10, 0), (20, 2), (30, 0), (130, 2)]) == [
        "firing 0", "resolved 10", "firing 130",
      ])
  }

  @Test("phases")
  func phases() {
    let rule = AlertRule("m", .above(1), holdSeconds: 10, cooldownSeconds: 0)
    var state = AlertState()
    func observe(_ value: Double, _ seconds: Double) -> AlertState.Phase {
      _ = state.observe(AlertReading(value: value), by: rule, at: time(seconds))
      return state.phase
    }
    #expect(observe(0, 0) == .quiet && observe(2, 1) == .pending(since: time(1)))
    #expect(observe(0, 2) == .quiet && observe(2, 3) == .pending(since: time(3)))
    #expect(observe(2, 13) == .firing(since: time(3)) && observe(0, 14) == .resolved)
    #expect(observe(2, 15) == .pending(since: time(15)) && observe(0, 16) == .resolved)
    #expect(state.alarmedAt == time(13) && state.resolvedAt == time(14))
  }

  @Test("saved and read at any moment, it goes on as it was")
  func saved() throws {
    let rules = [
      AlertRule("a", .above(1), holdSeconds: 20, cooldownSeconds: 50), AlertRule("b", .below(0)),
    ]
    var (whole, pieces) = (try AlertWatch(rules: rules), try AlertWatch(rules: rules))
    var count = 0
    for second in stride(from: 0.0, to: 400, by: 5) {
      let readings = [
        "a": AlertReading(value: (second / 60).truncatingRemainder(dividingBy: 2) < 1 ? 2 : 0),
        "b": AlertReading(value: second > 200 ? -1 : 1), "c": AlertReading(value: 1),
      ]
      let file = try JSONEncoder().encode(pieces)
      pieces = try JSONDecoder().decode(AlertWatch.self, from: file)
      let alerts = whole.observe(readings, at: time(second))
      #expect(alerts == pieces.observe(readings, at: time(second)))
      count += alerts.count
    }
    #expect(whole == pieces && count == 8)
    #expect(whole.firing.map(\.name) == ["a", "b"])
    let fewer = try AlertWatch(rules: [rules[1]], states: whole.states)
    #expect(fewer.states.keys.sorted() == ["b"] && fewer.firing.map(\.name) == ["b"])
    var idle = fewer
    #expect(idle.observe([:], at: time(1000)).isEmpty && idle == fewer)
  }

  @Test("an alert is a sentence, and an object")
  func texts() throws {
    let rule = AlertRule(
      "unsafe_rate", .above(0.05), name: "unsafe", holdSeconds: 300, severity: .critical)
    var state = AlertState()
    func observe(_ reading: AlertReading, _ seconds: Double) -> Alert? {
      state.observe(reading, by: rule, at: time(seconds))
    }
    #expect(observe(AlertReading(value: 0.06), 0) == nil)
    let found = observe(AlertReading(value: 0.0625, baseline: 0.02), 300)
    let firing = try #require(found)
    #expect(
      "\(firing)"
        == "critical 'unsafe': unsafe_rate has been above 0.05 for 300 s (now 0.0625, baseline 0.02)"
    )
    #expect(
      firing.json == #"{"rule": "unsafe", "metric": "unsafe_rate", "severity": "critical", "#
        + #""status": "firing", "value": 0.0625, "baseline": 0.02, "drift": null, "#
        + #""since": "2027-01-15T08:00:00Z", "time": "2027-01-15T08:05:00Z", "text": "\#(firing)"}"#
    )
    let end = observe(AlertReading(value: 0.01), 900)
    #expect(
      "\(try #require(end))"
        == "resolved 'unsafe': unsafe_rate is no longer above 0.05, as it was for 900 s (now 0.01)")
    func sentence(_ condition: AlertCondition, _ reading: AlertReading) -> String? {
      var state = AlertState()
      return state.observe(reading, by: AlertRule("m", condition), at: time(0)).map { "\($0)" }
    }
    #expect(
      sentence(.falls(by: 0.1), AlertReading(value: 1, baseline: 2))
        == "warning 'm': m is more than 10 % below the baseline (now 1, baseline 2)")
    #expect(
      sentence(.rises(by: 0.1), AlertReading(value: 3, baseline: 2))
        == "warning 'm': m is more than 10 % above the baseline (now 3, baseline 2)")
    #expect(
      sentence(.changes(by: 0.1), AlertReading(value: 3, baseline: 2))
        == "warning 'm': m is more than 10 % off the baseline (now 3, baseline 2)")
    #expect(
      sentence(.drifts(atLeast: .moderate), AlertReading(drift: .significant))
        == "warning 'm': m is drifting moderately or more (drift significant)")
    #expect(
      sentence(.drifts(atLeast: .significant), AlertReading(drift: .significant))
        == "warning 'm': m is drifting significantly (drift significant)")
    var infinite = AlertState()
    let above = infinite.observe(
      AlertReading(value: .infinity), by: AlertRule("m", .above(1)), at: time(0))
    #expect(above?.json.contains(#""value": null"#) == true)
  }
}

@Suite("Alert rules")
struct AlertRuleTests {
  private func decode(_ text: String) throws -> AlertRule {
    try JSONDecoder().decode(AlertRule.self, from: Data(text.utf8))
  }

  private func refusal(_ text: String) -> String? {
    do {
      _ = try decode(text)
      return nil
    } catch DecodingError.dataCorrupted(let context) {
      return context.debugDescription
    } catch { return "\(error)" }
  }

  @Test("are read from files, and written again")
  func coding() throws {
    let rule = try decode(
      #"{"name": "n", "metric": "m", "above": 1, "for": 5, "severity": "info", "cooldown": 7}"#)
    #expect(
      rule
        == AlertRule("m", .above(1), name: "n", holdSeconds: 5, severity: .info, cooldownSeconds: 7)
    )
    let conditions: [(String, AlertCondition)] = [
      (#""above": 1"#, .above(1)), (#""below": 1"#, .below(1)),
      (#""rises_by": 0.1"#, .rises(by: 0.1)), (#""falls_by": 0.1"#, .falls(by: 0.1)),
      (#""changes_by": 0.1"#, .changes(by: 0.1)),
      (#""drift": "moderate""#, .drifts(atLeast: .moderate)),
    ]
    for (field, condition) in conditions {
      let rule = try decode(#"{"metric": "m", \#(field)}"#)
      #expect(rule == AlertRule("m", condition))
      #expect(rule.name == "m" && rule.severity == .warning && rule.cooldownSeconds == 3600)
      #expect(try JSONDecoder().decode(AlertRule.self, from: JSONEncoder().encode(rule)) == rule)
    }
  }

  @Test("what cannot be used is a sentence")
  func problems() {
    let conditions =
      "'above', 'below', 'rises_by', 'falls_by', 'changes_by', 'drift'"
    #expect(
      refusal(#"{"metric": "m"}"#) == "an alert rule has one of \(conditions), but here are 0")
    #expect(
      refusal(#"{"metric": "m", "above": 1, "drift": "moderate"}"#)
        == "an alert rule has one of \(conditions), but here are 2")
    #expect(
      refusal(#"{"metric": "m", "over": 1}"#)
        == "an alert rule has no field 'over'; there are 'name', 'metric', \(conditions), 'for', "
        + "'severity', 'cooldown'")
    #expect(
      refusal(#"{"metric": "m", "above": 1, "severity": "bad"}"#)
        == "it must be one of info, warning, critical")
    #expect(
      refusal(#"{"metric": " ", "above": 1}"#)
        == "a rule has an empty metric; name the one it is to read")
    #expect(
      refusal(#"{"metric": "m", "above": 1, "name": ""}"#)
        == "the rule on 'm' has an empty name; give it one, or leave 'name' out")
    #expect(
      refusal(#"{"metric": "m", "above": 1, "for": -1}"#)
        == "rule 'm' has -1.0 for 'for', but it must be seconds, 0 or more")
    #expect(
      refusal(#"{"metric": "m", "above": 1, "cooldown": -1}"#)
        == "rule 'm' has -1.0 for 'cooldown', but it must be seconds, 0 or more")
    #expect(
      refusal(#"{"metric": "m", "falls_by": -0.1}"#)
        == "rule 'm' has a relative change of -0.1, but it must be 0 or more (10 % is 0.1)")
    #expect(
      refusal(#"{"metric": "m", "drift": "none"}"#)
        == "rule 'm' would alarm at no drift; write 'moderate' or 'significant'")
    func message(_ rules: AlertRule...) -> String? {
      do {
        _ = try AlertWatch(rules: rules)
        return nil
      } catch { return "\(error)" }
    }
    #expect(
      message(AlertRule("m", .below(.nan)))
        == "rule 'm' compares with nan, which is no number; give one")
    #expect(
      message(AlertRule("m", .above(1)), AlertRule("m", .below(0)))
        == "two rules are called 'm'; give each a name of its own")
  }
}

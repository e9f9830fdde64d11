import Foundation
import Monitoring
import Testing

@Suite("Canary plans")
struct CanaryPlanTests {
  private func decode(_ text: String) throws -> CanaryPlan {
    try JSONDecoder().decode(CanaryPlan.self, from: Data(text.utf8))
  }

  private func refusal(_ text: String) -> String? {
    do {
      _ = try decode(text)
      return nil
    } catch DecodingError.dataCorrupted(let context) {
      return context.debugDescription
    } catch { return "\(error)" }
  }

  @Test("a name is enough: 1, 5, 25, 50, 100 %, manual promotion, five guardrails, α 0.05")
  func defaults() throws {
    let plan = try decode(#"{"experiment": "x"}"#)
    #expect(try plan == CanaryPlan(experiment: "x"))
    #expect(plan.steps.map(\.share) == [0.01, 0.05, 0.25, 0.5, 1])
    #expect(plan.steps.allSatisfy { $0.minimumRequests == 200 && $0.minimumSeconds == 3600 })
    #expect(plan.promotion == .manual && plan.alpha == 0.05)
    #expect(
      plan.guardrails.map(\.name) == [
        "unsafe", "error", "refusal", "latency", "negative_feedback",
      ])
    #expect(plan.guardrails.map(\.counting) == [.users, .events, .users, .events, .users])
  }

  @Test("every field is read, and written again")
  func fields() throws {
    let plan = try decode(
      """
      {"experiment": "x", "steps": [0.1, {"share": 0.5, "minimum_requests": 9, "minimum_seconds": 8}, 1],
       "minimum_requests": 20, "minimum_seconds": 30, "alpha": 0.01, "promotion": "automatic",
       "guardrails": [{"event": "latency", "above": 2.5, "name": "slow", "count": "users"},
                      {"event": "first_token", "above": 1}, {"event": "unsafe", "count": "events"}]}
      """)
    let expected = try CanaryPlan(
      experiment: "x",
      steps: [
        .init(share: 0.1, minimumRequests: 20, minimumSeconds: 30),
        .init(share: 0.5, minimumRequests: 9, minimumSeconds: 8),
        .init(share: 1, minimumRequests: 20, minimumSeconds: 30),
      ],
      guardrails: [
        Guardrail(.latency(above: 2.5), name: "slow", counting: .users),
        Guardrail(.firstToken(above: 1)), Guardrail(.unsafe, counting: .events),
      ], alpha: 0.01, promotion: .automatic)
    #expect(plan == expected)
    #expect(try JSONDecoder().decode(CanaryPlan.self, from: JSONEncoder().encode(plan)) == plan)
  }

  @Test("what cannot be followed is a sentence")
  func problems() {
    func message(_ fields: String) -> String? {
      refusal(#"{"experiment": "x", \#(fields)}"#)
    }
    #expect(
      refusal(#"{"experiment": " "}"#)
        == "the experiment has no name; give it one that no other has, since it decides who is asked first"
    )
    #expect(
      refusal(#"{"experiment": "\#(String(repeating: "é", count: 41))"}"#)
        == "the experiment's name has 82 bytes, but may have at most 80")
    #expect(
      message(#""steps": []"#)
        == "the canary has no steps; give at least one share of traffic, such as 0.05")
    #expect(
      message(#""steps": [5]"#)
        == "step 1 has the share 5.0, but it must be from 0.000001 to 1 (5 % is 0.05)")
    #expect(
      message(#""steps": [1e-320]"#)?.hasSuffix("but it must be from 0.000001 to 1 (5 % is 0.05)")
        == true)
    #expect(message(#""steps": [0.000001]"#) == nil)
    #expect(
      message(#""steps": [0.5, 0.5]"#)
        == "step 2 has the share 0.5 after 0.5; shares must grow, so that nobody is sent back")
    #expect(
      message(#""steps": [1]"#)
        == "the first step gives the candidate all traffic, which leaves nothing to compare it with; "
        + "begin with a smaller share")
    #expect(
      message(#""minimum_requests": 0"#)
        == "step 1 waits for 0 requests; give at least 1 that the candidate is to answer")
    #expect(
      message(#""minimum_seconds": -1"#) == "step 1 lasts for -1.0 seconds; give 0 or more")
    #expect(
      message(#""alpha": 1"#)
        == "alpha is 1.0, but the probability of a false alarm must be above 0 and below 1; 0.05 is usual"
    )
    #expect(
      message(#""guardrails": []"#)
        == "the canary has no guardrails, and would let any candidate through; give at least one")
    #expect(
      message(#""guardrails": [{"event": "error", "name": ""}]"#)
        == "a guardrail has an empty name; give it one, or leave 'name' out")
    #expect(
      message(#""guardrails": [{"event": "error"}, {"event": "error"}]"#)
        == "two guardrails are called 'error'; give each a name of its own")
    #expect(
      message(#""guardrails": [{"event": "latency", "above": 0}]"#)
        == "guardrail 'latency' has the bound 0.0, but must have one above 0, in seconds")
  }

  @Test("a misspelt field is refused, not left at its default")
  func fieldNames() {
    #expect(
      refusal(#"{"experiment": "x", "minimum_request": 5}"#)
        == "a canary plan has no field 'minimum_request'; there are 'experiment', 'steps', "
        + "'minimum_requests', 'minimum_seconds', 'guardrails', 'alpha', 'promotion'")
    #expect(
      refusal(#"{"experiment": "x", "steps": [{"share": 0.1, "seconds": 5}]}"#)
        == "a step has no field 'seconds'; there are 'share', 'minimum_requests', 'minimum_seconds'"
    )
    #expect(
      refusal(#"{"experiment": "x", "guardrails": [{"event": "unsave"}]}"#)
        == "it must be one of unsafe, error, refusal, latency, first_token, negative_feedback")
    #expect(
      refusal(#"{"experiment": "x", "guardrails": [{"event": "unsafe", "above": 1}]}"#)
        == "'above' belongs to the events 'latency' and 'first_token'")
    #expect(refusal(#"{"experiment": "x", "guardrails": [{"event": "latency"}]}"#) != nil)
    #expect(
      refusal(#"{"experiment": "x", "promotion": "auto"}"#)
        == "it must be one of manual, automatic")
    #expect(
      refusal(#"{"experiment": "x", "guardrails": [{"event": "unsafe", "count": "all"}]}"#)
        == "it must be one of events, users")
  }
}

import Foundation
import ModelServer
import Testing

@Suite("Safety policies")
struct SafetyPolicyTests {
  private func decode(_ text: String) throws -> SafetyPolicy {
    try JSONDecoder().decode(SafetyPolicy.self, from: Data(text.utf8))
  }

  private func refusal(_ text: String) -> String? {
    do {
      _ = try decode(text)
      return nil
    } catch DecodingError.dataCorrupted(let context) {
      return context.debugDescription
    } catch { return "\(error)" }
  }

  @Test("something that reads is enough: enforced, closed, two seconds, 24 tokens, refusals")
  func defaults() throws {
    let policy = try decode(#"{"lexicon": "harm"}"#)
    #expect(policy.mode == .enforce && policy.onFailure == .closed)
    #expect(policy.timeLimit == 2 && policy.window == 24 && policy.classifiers.isEmpty)
    #expect(policy.refusal == "I cannot help with that." && policy.lexicon == .harm)
    #expect(policy.prompt == .refuse && policy.answer == .refuse && policy.holdsAnswers)
  }

  @Test("every field is read, and written again")
  func fields() throws {
    let policy = try decode(
      """
      {"mode": "shadow", "on_failure": "open", "time_limit": 0.5, "window": 0, "refusal": "No.",
       "lexicon": "harm", "prompt": {"action": "block"}, "answer": {"action": "flag"},
       "classifiers": [{"path": "a/harm", "label": "harmful", "threshold": 0.25, "name": "h",
                        "reads": "conversation"}, {"path": "a/rude"}]}
      """)
    var expected = SafetyPolicy()
    (expected.mode, expected.onFailure, expected.timeLimit) = (.shadow, .open, 0.5)
    (expected.window, expected.refusal, expected.lexicon) = (0, "No.", .harm)
    (expected.prompt, expected.answer) = (.block, .flag)
    expected.classifiers = [
      .init(path: "a/harm", label: "harmful", name: "h", threshold: 0.25, reads: .conversation),
      .init(path: "a/rude"),
    ]
    #expect(policy == expected && !policy.holdsAnswers)
    #expect(policy.classifiers.map(\.title) == ["h", "rude"])
    #expect(policy.action(at: .prompt) == .block && policy.action(at: .answer) == .flag)
    #expect(
      try JSONDecoder().decode(SafetyPolicy.self, from: JSONEncoder().encode(policy)) == policy)
  }

  @Test("what cannot be followed is a sentence")
  func problems() {
    func message(_ fields: String) -> String? { refusal(#"{"lexicon": "harm", \#(fields)}"#) }
    for (limit, shown) in [("0", "0.0"), ("601", "601.0"), ("1e300", "1e+300")] {
      #expect(
        message(#""time_limit": \#(limit)"#)
          == "time_limit is \(shown), but must be above 0 and at most 600, in seconds; 2 is usual")
    }
    #expect(
      message(#""window": -1"#) == "window is -1, but must be from 0 to 4096 tokens; 24 is usual")
    #expect(
      message(#""refusal": " ""#)
        == "refusal is empty; give the words that are said instead, or leave it out")
    #expect(
      refusal("{}")
        == "the safety policy has neither classifiers nor a lexicon, and would let everything pass; "
        + "give at least one")
    #expect(
      message(#""prompt": {"action": "allow"}, "answer": {"action": "allow"}"#)
        == "the safety policy allows every prompt and every answer; give one of them another action, "
        + "or leave the policy out")
    #expect(
      message(#""classifiers": [{"path": ""}]"#)
        == "a classifier has an empty path; give the folder that it was saved in")
    #expect(
      message(#""classifiers": [{"path": "a", "name": ""}]"#)
        == "a classifier has an empty name; give it one, or leave 'name' out")
    #expect(
      message(#""classifiers": [{"path": "a/harm"}, {"path": "b/harm/"}]"#)
        == "two classifiers are called 'harm'; give each a 'name' of its own")
    #expect(
      message(#""classifiers": [{"path": "harm", "threshold": 1.5}]"#)
        == "classifier 'harm' has the threshold 1.5, but a probability above 0 and at most 1 is "
        + "needed; leave it out for the classifier's own")
  }

  @Test("a misspelt field or word is refused, not left at its default")
  func fieldNames() {
    #expect(
      refusal(#"{"lexicon": "harm", "onfailure": "open"}"#)
        == "a safety policy has no field 'onfailure'; there are 'mode', 'on_failure', 'time_limit', "
        + "'window', 'refusal', 'lexicon', 'classifiers', 'prompt', 'answer'")
    #expect(
      refusal(#"{"classifiers": [{"path": "a", "treshold": 0.5}]}"#)
        == "a classifier has no field 'treshold'; there are 'path', 'label', 'name', 'threshold', "
        + "'reads'")
    #expect(
      refusal(#"{"lexicon": "harm", "answer": {"do": "flag"}}"#)
        == "a stage has no field 'do'; there are 'action'")
    #expect(
      refusal(#"{"lexicon": "harm", "mode": "off"}"#) == "it must be one of enforce, shadow")
    #expect(
      refusal(#"{"lexicon": "harm", "on_failure": "x"}"#) == "it must be one of closed, open")
    #expect(refusal(#"{"lexicon": "rude"}"#) == "it must be one of harm")
    #expect(
      refusal(#"{"lexicon": "harm", "prompt": {"action": "ask"}}"#)
        == "it must be one of allow, flag, refuse, block")
    #expect(
      refusal(#"{"classifiers": [{"path": "a", "reads": "all"}]}"#)
        == "it must be one of answer, conversation")
  }

  @Test("actions grow harder, and the two hard ones stop a text")
  func actions() {
    #expect(SafetyAction.allCases == SafetyAction.allCases.sorted())
    #expect(SafetyAction.allCases.filter(\.stopsText) == [.refuse, .block])
  }
}

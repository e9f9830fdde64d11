import Oversight
import PreferenceData
import Testing

@Suite("Rows of revised answers")
struct RevisedAnswerTests {
  private static let provenance = RevisedAnswer.Provenance(
    constitution: "v1", model: "runs/base", seed: 7)

  /// An answer that was revised by these texts in turn, with these scores.
  private func answer(
    _ revisions: String..., initial: String = "Bad.", scores: [String: Double]? = nil
  ) async throws -> RevisedAnswer {
    var place = 0
    let model = ScriptedModel(answer: { request in
      guard request.prompt.hasSuffix("\n\nRevision:") else { return " Rude \(place)." }
      defer { place += 1 }
      return revisions[place]
    })
    let constitution = try Constitution(
      version: "v1", principles: [Principle("kind", critique: "What?", revision: "Better.")])
    return try await ConstitutionalRevision(constitution, revisions: revisions.count, seed: 0)(
      ["q"], responses: [initial], by: model,
      scores: scores.map { scores in { _, answers in answers.map { scores[$0] ?? .nan } } })[0]
  }

  private static func step(
    _ critique: String, _ revision: String, _ outcome: String, _ score: Double? = nil
  ) -> JSONValue {
    var row: JSONObject = [
      "principle": .string("kind"), "critique": .string(critique), "revision": .string(revision),
      "outcome": .string(outcome),
    ]
    if let score { row.set("score", to: .number(score)) }
    return .object(row)
  }

  private static let prompt = JSONValue.string("\n\nHuman: q\n\nAssistant:")

  @Test("a demonstration is the last answer, with every step and who has made it")
  func demonstration() async throws {
    let revised = try await answer("Fair.", "Good.", scores: ["Bad.": 0, "Fair.": 2, "Good.": 1])
    let metadata: JSONObject = [
      "constitution": .string("v1"), "model": .string("runs/base"), "seed": .number(7),
      "initial": .string("Bad."), "initial_score": .number(0),
      "steps": .array([
        Self.step("Rude 0.", "Fair.", "revised", 2), Self.step("Rude 1.", "Good.", "worse", 1),
      ]),
    ]
    #expect(
      revised.demonstration(Self.provenance) == [
        "prompt": Self.prompt, "completion": .string(" Fair."), "metadata": .object(metadata),
      ])
    let plain = try await answer("Fair.").demonstration(Self.provenance)
    guard case .object(let unscored)? = plain?["metadata"] else {
      Issue.record("no metadata")
      return
    }
    #expect(unscored["initial_score"] == nil)
    #expect(unscored["steps"] == .array([Self.step("Rude 0.", "Fair.", "revised")]))
  }

  @Test("what was not revised is demonstrated as it is; an empty answer is not")
  func unrevised() async throws {
    let same = try await answer(" Bad. ")
    #expect(same.demonstration(Self.provenance)?["completion"] == .string(" Bad."))
    #expect(same.demonstrations(Self.provenance).isEmpty)
    #expect(same.preference(Self.provenance) == nil)
    #expect(try await answer("", initial: "").demonstration(Self.provenance) == nil)
  }

  @Test("every revision that took an answer's place is a demonstration")
  func demonstrations() async throws {
    let rows = try await answer("Fair.", "Fair.", "Good.").demonstrations(Self.provenance)
    #expect(rows.map { $0["completion"] } == [.string(" Fair."), .string(" Good.")])
    #expect(rows.allSatisfy { $0["prompt"] == Self.prompt })
    guard case .object(let metadata)? = rows.last?["metadata"],
      case .array(let steps)? = metadata["steps"]
    else {
      Issue.record("no steps")
      return
    }
    #expect(steps.count == 3 && steps[1] == Self.step("Rude 1.", "Fair.", "unchanged"))
  }

  @Test("a preference is of the last answer over the first, by the last critique that counted")
  func preference() async throws {
    let row = try await answer("Fair.", "Good.", "Good.").preference(Self.provenance)
    #expect(row?["prompt"] == Self.prompt)
    #expect(row?["chosen"] == .string(" Good.") && row?["rejected"] == .string(" Bad."))
    #expect(row?["reason"] == .string("Rude 1."))
    #expect(row?["criteria"] == .array([.string("kind"), .string("kind")]))
    #expect(row?.members.map(\.name).last == "metadata")
    // It came back to where it began, or began with nothing.
    #expect(try await answer("Fair.", "Bad.").preference(Self.provenance) == nil)
    #expect(try await answer("Fair.", initial: " ").preference(Self.provenance) == nil)
  }
}

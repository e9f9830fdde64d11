import Oversight
import PreferenceData
import Testing

@Suite("Constitutional revision")
struct ConstitutionalRevisionTests {
  private static let kind = Principle(
    "kind", critique: "What is unkind?", revision: "Make it kind.")
  private static let many = (0..<8).map {
    Principle("p\($0)", critique: "What is wrong by \($0)?", revision: "Make it right by \($0).")
  }

  private func revision(
    _ principles: [Principle] = [kind], revisions: Int = 1, seed: UInt64 = 5,
    examples: [String] = []
  ) throws -> ConstitutionalRevision {
    try ConstitutionalRevision(
      Constitution(version: "1", principles: principles, revisionExamples: examples),
      revisions: revisions, seed: seed)
  }

  /// Writes what stands for what it is asked; a revision is counted by its own prompt.
  private static func model(
    critique: @escaping (String) -> String = { _ in " It is rude. " },
    revision: @escaping (String) -> String = { _ in " Better.\n\nHuman: no" }
  ) -> ScriptedModel {
    ScriptedModel(answer: { request in
      request.prompt.hasSuffix("\n\nCritique:")
        ? critique(request.prompt)
        : request.prompt.hasSuffix("\n\nRevision:")
          ? revision(request.prompt) : " Go away.\n\nHuman: more"
    })
  }

  @Test("the model is given the dialogue of each step, with what it has written before")
  func texts() async throws {
    let model = Self.model(revision: {
      $0.contains("Assistant: Go away.") ? " Better." : " Best."
    })
    let answers = try await revision(
      revisions: 2, examples: ["\n\nHuman: a\n\nAssistant: b\n\nHuman:"])(["Hello?"], by: model)
    let question = "\n\nHuman: Hello?\n\nAssistant:"
    func critique(_ answer: String) -> String {
      "\n\nHuman: a\n\nAssistant: b\(question) \(answer)"
        + "\n\nCritiqueRequest: What is unkind?\n\nCritique:"
    }
    let request = " It is rude.\n\nRevisionRequest: Make it kind.\n\nRevision:"
    #expect(
      model.log.requests.map(\.prompt) == [
        question, critique("Go away."), critique("Go away.") + request, critique("Better."),
        critique("Better.") + request,
      ])
    #expect(answers.count == 1 && answers[0].prompt == question)
    #expect(answers[0].initial == "Go away." && answers[0].final == "Best.")
    #expect((0...2).map { answers[0].answer(after: $0) } == ["Go away.", "Better.", "Best."])
    #expect(answers[0].steps.map(\.critique) == ["It is rude.", "It is rude."])
    #expect(answers[0].steps.map(\.outcome) == [.revised, .revised])
    #expect(answers[0].steps.map(\.score) == [nil, nil] && answers[0].kept == answers[0].steps)
  }

  @Test("examples end before a dialogue that begins without line breaks")
  func bareDialogue() async throws {
    let model = Self.model()
    let prompt = "Human: Hello?\n\nAssistant:"
    _ = try await revision(examples: ["\n\nHuman: a\n\nAssistant: b"])([prompt], by: model)
    #expect(model.log.requests[0].prompt == prompt)
    #expect(
      model.log.requests[1].prompt == "\n\nHuman: a\n\nAssistant: b\n\nHuman: Hello?\n\nAssistant:"
        + " Go away.\n\nCritiqueRequest: What is unkind?\n\nCritique:")
  }

  @Test("the principles of a prompt depend on the seed and its number alone")
  func draws() async throws {
    let prompts = (0..<6).map { "question \($0)" }
    func drawn(_ prompts: [String], seed: UInt64 = 5) async throws -> [[String]] {
      try await revision(Self.many, revisions: 3, seed: seed)(prompts, by: Self.model())
        .map { $0.steps.map(\.principle) }
    }
    let all = try await drawn(prompts)
    #expect(try await drawn(prompts) == all)
    #expect(try await drawn(Array(prompts.prefix(2))) == Array(all.prefix(2)))
    #expect(try await drawn(["something else"] + prompts.dropFirst()) == all)
    #expect(try await drawn(prompts, seed: 6) != all)
    // 18 draws of 8: all the same with the probability 8⁻¹⁷, two prompts alike hardly ever.
    #expect(Set(all.flatMap(\.self)).count > 3 && Set(all).count > 4)
  }

  @Test("no two requests share a draw, and those of a prompt are its own")
  func requestDraws() async throws {
    func requests(_ count: Int) async throws -> [CompletionRequest] {
      let model = Self.model()
      _ = try await revision(revisions: 4)((0..<count).map { "q\($0)" }, by: model)
      return model.log.requests
    }
    let all = try await requests(5)
    #expect(all.count == 5 * (1 + 4 * 2) && Set(all.map(\.draw)).count == all.count)
    #expect(Set(try await requests(2)).isSubset(of: Set(all)))
  }

  @Test("what nothing was said against is not revised")
  func emptyCritique() async throws {
    let model = Self.model(critique: { $0.contains("fine") ? "\n\nHuman: x" : " Rude." })
    let answers = try await revision()(["fine", "other"], by: model)
    #expect(answers.map { $0.steps[0].outcome } == [.empty, .revised])
    #expect(answers[0].steps[0].critique == "" && answers[0].steps[0].revision == "")
    #expect(answers[0].final == "Go away." && answers[0].kept.isEmpty)
    let asked = model.log.requests.map(\.prompt).filter { $0.hasSuffix("\n\nRevision:") }
    #expect(asked.count == 1 && asked[0].contains("other"))
  }

  @Test(
    "a revision that is none, or the same, changes nothing",
    arguments: [
      (" \n\nHuman: x", RevisedAnswer.Step.Outcome.empty), (" Go away. ", .unchanged),
      ("Go away!", .revised),
    ])
  func outcomes(revised: String, expected: RevisedAnswer.Step.Outcome) async throws {
    let answers = try await revision()(["q"], by: Self.model(revision: { _ in revised }))
    #expect(answers[0].steps[0].outcome == expected)
    #expect(answers[0].final == (expected == .revised ? "Go away!" : "Go away."))
  }

  @Test("with scores a worse revision does not take the answer's place; an equal one does")
  func scores() async throws {
    // The revisions in their order, and what they score.
    let values = ["Go away.": 1.0, "Worse.": 0.5, "Equal.": 1, "Best.": 2, "Good.": 1.5]
    let order = ["Worse.", "Equal.", "Best.", "Good."]
    var place = 0
    let model = Self.model(revision: { _ in
      defer { place += 1 }
      return order[place]
    })
    var scored: [[String]] = []
    let answers = try await revision(revisions: 4)(["q"], by: model) { prompts, answers in
      #expect(prompts == ["\n\nHuman: q\n\nAssistant:"])
      scored.append(answers)
      return answers.map { values[$0] ?? .nan }
    }
    #expect(scored == [["Go away."]] + order.map { [$0] })
    #expect(answers[0].initialScore == 1 && answers[0].steps.map(\.score) == [0.5, 1, 2, 1.5])
    #expect(answers[0].steps.map(\.outcome) == [.worse, .revised, .revised, .worse])
    #expect(
      (0...4).map { answers[0].answer(after: $0) } == [
        "Go away.", "Go away.", "Equal.", "Best.", "Best.",
      ])
    #expect(answers[0].kept.map(\.revision) == ["Equal.", "Best."])
    // The second answer that is criticised is the one that stayed.
    let critiques = model.log.requests.map(\.prompt).filter { $0.hasSuffix("\n\nCritique:") }
    #expect(critiques[1].contains("Assistant: Go away."))
  }

  @Test("given answers are revised, and none is asked for")
  func responses() async throws {
    let model = Self.model()
    let answers = try await revision()(["a", "b"], responses: [" One. ", "Two."], by: model)
    #expect(answers.map(\.initial) == [" One. ", "Two."])
    #expect(model.log.requests.allSatisfy { !$0.prompt.hasSuffix("Assistant:") })
    #expect(model.log.requests[0].prompt.contains("Assistant: One.\n\nCritiqueRequest:"))
    let same = Self.model(revision: { $0.contains("One.") ? "One." : "New." })
    let kept = try await revision()(["a", "b"], responses: [" One. ", "Two."], by: same)
    #expect(kept.map { $0.steps[0].outcome } == [.unchanged, .revised])
  }

  @Test("a critic that says nothing at all is an error; one that has nothing more to say is none")
  func silence() async throws {
    let error = await #expect(throws: OversightError.self) {
      try await revision()(["a", "b"], by: Self.model(critique: { _ in " " }))
    }
    #expect(error == .silentCritic(requests: 2))
    #expect(
      error?.description
        == "the model wrote no critique in answer to 2 requests; a model that was not trained to "
        + "criticise needs examples in the constitution (revision_examples), or is too small: try "
        + "another")
    let content = Self.model(critique: { $0.contains("Better.") ? "" : " Rude." })
    let answers = try await revision(revisions: 2)(["a"], by: content)
    #expect(answers[0].steps.map(\.outcome) == [.revised, .empty] && answers[0].final == "Better.")
    #expect(try await revision()([], by: Self.model()).isEmpty)
  }

  @Test("a constitution without critiques cannot revise")
  func noRequest() {
    let error = #expect(throws: ConstitutionError.self) {
      try revision([Principle("true", comparison: "Which is true?")])
    }
    #expect(
      error?.description
        == "no principle has a critique and a revision, by which answers could be revised")
  }
}

import Foundation
import PreferenceData
import Rewards
import Testing

@Suite("Text environments")
struct EnvironmentTests {
  private let dialogue = ScriptedDialogue(
    prompt: "Human: What is it?\n\nAssistant:",
    followUps: [
      .init("A number, please.", when: .lacking(["7", "seven"]), times: 2),
      .init("Are you sure?", when: .mentioning(["seven"])),
      .init("Thanks. And now?"),
    ])

  private func given() throws -> CompositeReward {
    try CompositeReward([RewardPart(GivenReward())])
  }

  /// A user with this one dialogue, and what is said to the answers in turn.
  private func observations(_ answers: [String], limit: Int = 8) async throws -> [String] {
    var user = ScriptedUser([dialogue], reward: try given(), turnLimit: limit)
    #expect(user.reset(seed: 0) == dialogue.prompt)
    var observations: [String] = []
    for answer in answers {
      let step = try await user.step(answer)
      observations.append(
        step.observation.replacingOccurrences(of: "\n\nHuman: ", with: "")
          .replacingOccurrences(of: "\n\nAssistant:", with: "") + " \(step.ending)")
    }
    return observations
  }

  @Test("the user asks again where an answer lacks something, and goes on where it does not")
  func script() async throws {
    #expect(
      try await observations([" Hm.", " Seven!", " Yes.", " Bye."]) == [
        "A number, please. none", "Are you sure? none", "Thanks. And now? none", " terminated",
      ])
    #expect(
      try await observations([" Hm.", " Hm.", " Hm.", " Hm."]) == [
        "A number, please. none", "A number, please. none", "Thanks. And now? none", " terminated",
      ])
    #expect(try await observations([" 7", " x"]) == ["Thanks. And now? none", " terminated"])
  }

  @Test("a limit of turns truncates, unless all was said")
  func limit() async throws {
    #expect(try await observations([" 7"], limit: 1) == ["Thanks. And now? truncated"])
    #expect(
      try await observations([" 7", " x"], limit: 2) == ["Thanks. And now? none", " terminated"])
  }

  @Test("an episode is what was said and what it was worth")
  func episode() async throws {
    var user = ScriptedUser([dialogue], reward: try given(), timing: .everyTurn, turnLimit: 3)
    var contexts: [String] = []
    let answers = ["1", "2", "7"]
    let episode = try await user.episode(seed: 3) { context in
      contexts.append(context)
      return EpisodeAction(answers[contexts.count - 1], tokenCount: 1)
    }
    #expect(episode.turns.map(\.reward) == [1, 2, 7])
    #expect(episode.totalReward == 10)
    #expect(episode.ending == .truncated)
    #expect(episode.lastObservation == "\n\nHuman: Thanks. And now?\n\nAssistant:")
    let again = "\n\nHuman: A number, please.\n\nAssistant:"
    #expect(
      contexts == [
        dialogue.prompt, dialogue.prompt + "1" + again,
        dialogue.prompt + "1" + again + "2" + again,
      ])
    #expect(episode.context == contexts[2] + "7")
  }

  @Test("at the end the last answer alone is rewarded, with all that preceded it as its prompt")
  func atEnd() async throws {
    let rules = RelevanceRule(stopWords: ["human", "assistant"])
    let talk = ScriptedDialogue(
      prompt: "Human: apples\n\nAssistant:", followUps: [.init("pears")],
      fields: ["harmful": .boolean(true)])
    var user = ScriptedUser(
      [talk],
      reward: try CompositeReward(
        [
          RewardPart(RuleReward(rules)),
          RewardPart(RuleReward(RefusalRule(when: PromptFlag(field: "harmful")))),
        ], missingEndPenalty: 0.25))
    let episode = try await user.episode(seed: 0) { context in
      context.contains("pears")
        ? EpisodeAction(" I cannot give apples", isFinished: false) : EpisodeAction(" figs")
    }
    // Words before: apples, figs, pears, of which one is taken up; the refusal is right.
    #expect(episode.turns.map(\.reward).first == .some(nil))
    #expect(isClose([episode.totalReward], [13.0 / 12]))
    #expect(episode.ending == .terminated)
    #expect(episode.lastObservation.isEmpty)
  }

  @Test("the seed picks the dialogue, and episodes do not depend on those before")
  func seeds() async throws {
    let dialogues = (0..<5).map { ScriptedDialogue(prompt: "\($0)", followUps: [.init("go on")]) }
    var user = ScriptedUser(dialogues, reward: try given())
    let first = (0..<50).map { user.reset(seed: $0) }
    #expect(Set(first).count == 5)
    _ = try await user.step("1")
    #expect((0..<50).map { user.reset(seed: $0) } == first)
  }

  @Test("a NaN reward ends the episode with an error")
  func notFinite() async throws {
    var user = ScriptedUser([dialogue], reward: try given(), timing: .everyTurn)
    await #expect(throws: RewardError.self) {
      try await user.episode(seed: 0) { _ in EpisodeAction("nan") }
    }
  }

  @Test("a dialogue from a row")
  func row() throws {
    let row: JSONObject = [
      "prompt": .string("Hi"), "harmful": .boolean(false),
      "follow_ups": .array([
        .string("And?"),
        .object([
          "text": .string("Why?"), "when_lacking": .array([.string("because")]),
          "times": .number(2),
        ]),
        .object(["text": .string("No"), "when_mentioning": .array([.string("yes")])]),
      ]),
    ]
    #expect(
      try ScriptedDialogue(row: row)
        == ScriptedDialogue(
          prompt: "Hi",
          followUps: [
            .init("And?"), .init("Why?", when: .lacking(["because"]), times: 2),
            .init("No", when: .mentioning(["yes"])),
          ], fields: ["harmful": .boolean(false)]))
    #expect(try ScriptedDialogue(row: ["prompt": .string("Hi")]).followUps.isEmpty)
  }

  @Test(
    "rows that are no dialogues",
    arguments: [
      ([:], "the field 'prompt' of a scripted dialogue must be a text that is not empty"),
      (["follow_ups": .string("x")], "must be a list of texts or objects"),
      (
        ["follow_ups": .array([.number(1)])], "must be a list of texts, or of objects with a 'text'"
      ),
      (
        ["follow_ups": .array([.object(["text": .string("a"), "when": .null])])],
        "but one has 'when'"
      ),
      (
        ["follow_ups": .array([.object(["text": .string("a"), "times": .number(0.5)])])],
        "'follow_ups.times' of a scripted dialogue must be a whole number above 0"
      ),
      (
        [
          "follow_ups": .array([
            .object(["text": .string("a"), "when_lacking": .array([.string("?")])])
          ])
        ], "must be a list of words, each with a letter or digit"
      ),
    ] as [(JSONObject, String)])
  func badRows(fields: JSONObject, expected: String) {
    var row = fields
    if !fields.members.isEmpty { row.set("prompt", to: .string("Hi")) }
    do {
      _ = try ScriptedDialogue(row: row)
      Issue.record("no error")
    } catch {
      #expect("\(error)".contains(expected), "\(error)")
    }
  }
}

import Studio
import Testing

@Suite("The state of the pipeline")
struct PipelineStateTests {
  private func prompt(_ text: String = "What is 3 plus 4?") throws -> AskedPrompt {
    try AskedPrompt(typed: text)
  }

  private func asked() throws -> PipelineState {
    var state = PipelineState()
    state.note(
      ["a", "b", "c", "d"].map { StudioAnswer($0, gold: 0.5) }, to: try prompt())
    return state
  }

  private func chosen(_ count: Int) throws -> PipelineState {
    var state = try asked()
    state.offer((0..<count).map { ScriptedWorkshop.pair($0) })
    for _ in 0..<count { try state.choose(.a, of: #require(state.waiting.first).number) }
    return state
  }

  private func point(_ comparisons: Int) -> LearningPoint {
    LearningPoint(comparisons: comparisons, correct: 1, heldOut: 2, directory: "r\(comparisons)")
  }

  @Test("steps follow one another")
  func stages() throws {
    var state = PipelineState()
    #expect(state.stage == .ask)
    state = try asked()
    #expect(state.stage == .choose)
    #expect(try chosen(7).stage == .choose)
    state = try chosen(8)
    #expect(state.stage == .learn)
    state.note(point(8))
    #expect(state.stage == .update)
    #expect(!state.isThrough)
    state.note(before: [StudioAnswer("x", gold: 0)], after: [StudioAnswer("y", gold: 1)])
    #expect(state.isThrough)
  }

  @Test("answers to a prompt are the first pairs, but for two that are the same")
  func firstPairs() throws {
    let state = try asked()
    #expect(state.waiting.map(\.pair.first.text) == ["a", "c"])
    #expect(state.waiting.map(\.pair.second.text) == ["b", "d"])
    #expect(state.waiting.allSatisfy { $0.pair.prompt == "Human: What is 3 plus 4?\n\nAssistant:" })
    var same = PipelineState()
    same.note(["a", "a", "c", "d"].map { StudioAnswer($0, gold: 0) }, to: try prompt())
    #expect(same.waiting.map(\.pair.first.text) == ["c"])
  }

  @Test("a pair is decided once")
  func once() throws {
    var state = try asked()
    let number = try #require(state.waiting.first).number
    try state.choose(.b, of: number)
    #expect(state.choices.map(\.chosen.text) == ["b"])
    #expect(state.choices.map(\.rejected.text) == ["a"])
    #expect(throws: StudioError.noSuchPair) { try state.choose(.a, of: number) }
    #expect(throws: StudioError.noSuchPair) { try state.skip(number) }
    #expect(throws: StudioError.noSuchPair) { try state.choose(.a, of: 999) }
    #expect(state.choices.count == 1)
  }

  @Test("what is skipped is no choice, and its number does not come again")
  func skipping() throws {
    var state = try asked()
    let number = try #require(state.waiting.first).number
    try state.skip(number)
    #expect(state.choices.isEmpty)
    state.offer([ScriptedWorkshop.pair(0)])
    #expect(!state.waiting.contains { $0.number == number })
    #expect(Set(state.waiting.map(\.number)).count == state.waiting.count)
  }

  @Test("pairs are wanted as long as few wait, once something was asked")
  func stock() throws {
    #expect(!PipelineState().needsPairs)
    var state = try asked()
    #expect(state.needsPairs)
    state.offer((0..<4).map { ScriptedWorkshop.pair($0) })
    #expect(!state.needsPairs)
  }

  @Test("the judge agrees with who goes by the judge")
  func agreement() throws {
    var state = try asked()
    state.offer((0..<3).map { ScriptedWorkshop.pair($0) })
    // The first two are of equal worth to the judge, who has no opinion on them.
    for side in [AnswerSide.a, .a, .a, .a, .b] {
      try state.choose(side, of: #require(state.waiting.first).number)
    }
    #expect(state.agreement.agreed == 2)
    #expect(state.agreement.of == 3)
  }

  @Test("no more choices are kept than the limit")
  func limit() throws {
    var state = try asked()
    let choices = (0..<3000).map { StudioChoice(.a, of: ScriptedWorkshop.pair($0), by: .simulated) }
    state.note(choices)
    #expect(state.choices.count == PipelineState.choiceLimit)
    #expect(throws: StudioError.manyChoices(limit: 2000)) {
      try state.choose(.a, of: #require(state.waiting.first).number)
    }
    #expect(!state.needsPairs)
  }

  @Test("a reward model learns where milestones were passed, and where it stands")
  func counts() throws {
    #expect(throws: StudioError.fewChoices(7, needed: 8)) { try chosen(7).countsToLearn() }
    var state = try chosen(20)
    #expect(try state.countsToLearn() == [8, 16, 20])
    #expect(state.dueMilestones == [8, 16])
    state.note(point(20))
    state.note(point(8))
    #expect(state.curve.map(\.comparisons) == [8, 20])
    #expect(state.dueMilestones.isEmpty)
    #expect(try state.countsToLearn() == [20])
    state.note(LearningPoint(comparisons: 20, correct: 2, heldOut: 2, directory: "again"))
    #expect(state.curve.map(\.directory) == ["r8", "again"])
  }

  @Test("the policy learns from the newest reward model")
  func lesson() throws {
    #expect(throws: StudioError.nothingAsked) { try PipelineState().lesson() }
    var state = try chosen(16)
    #expect(throws: StudioError.noRewardModel) { try state.lesson() }
    state.note(point(16))
    state.note(point(8))
    let lesson = try state.lesson()
    #expect(lesson.rewardModel == "r16")
    #expect(lesson.prompt.question == "What is 3 plus 4?")
  }

  @Test("who starts anew has done nothing, and decides no pair of before")
  func startingAnew() throws {
    var state = try chosen(8)
    state.note(point(8))
    state.offer([ScriptedWorkshop.pair(9)])
    let number = try #require(state.waiting.last).number
    state.startAnew()
    #expect(state.stage == .ask && state.choices.isEmpty && state.curve.isEmpty)
    #expect(state.round == 1)
    state.note(["a", "b"].map { StudioAnswer($0, gold: 0.5) }, to: try prompt())
    #expect(throws: StudioError.noSuchPair) { try state.choose(.a, of: number) }
    #expect(try #require(state.waiting.first).number > number)
  }

  @Test("another prompt, and another practice, put away what the policy said")
  func puttingAway() throws {
    var state = try chosen(8)
    state.note(point(8))
    state.note(PracticeStep(step: 1, total: 1))
    state.note(before: [StudioAnswer("x", gold: 0)], after: [StudioAnswer("y", gold: 1)])
    var other = state
    other.note([StudioAnswer("z", gold: 0)], to: try prompt("Hello?"))
    #expect(other.comparisons.isEmpty)
    #expect(other.practice.isEmpty)
    #expect(other.choices.count == 8)
    #expect(other.curve.count == 1)
    state.beginPractice()
    #expect(state.comparisons.isEmpty)
    #expect(state.practice.isEmpty)
  }
}

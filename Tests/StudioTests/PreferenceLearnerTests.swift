import PreferenceData
import Sandbox
import Studio
import Testing

@Suite("Learning preferences")
struct PreferenceLearnerTests {
  @Test("three of four choices for one feature make its odds three to one")
  func byHand() {
    // σ(w) = 3/4 has the solution w = log 3, without a penalty.
    var learner = PreferenceLearner(scales: [1], penalty: 0)
    learner.learn([[1], [1], [-1], [1]])
    #expect(abs(learner.weights[0] - 1.0986122886681098) < 1e-9)
    // A difference counts by its scale: half as large a scale, twice as large a difference.
    var scaled = PreferenceLearner(scales: [0.5], penalty: 0)
    scaled.learn([[0.5], [0.5], [-0.5], [0.5]])
    #expect(abs(scaled.weights[0] - 1.0986122886681098) < 1e-9)
    #expect(abs(scaled.logOdds([0.5]) - 1.0986122886681098) < 1e-9)
  }

  @Test("the penalty holds one choice to the weight at which both pull as much")
  func penalty() {
    var learner = PreferenceLearner(scales: [1], penalty: 1)
    learner.learn([1])
    // w = 1 − σ(w), the fixed point of w ↦ 1/(1 + eʷ).
    #expect(abs(learner.weights[0] - 0.4010581375) < 1e-9)
  }

  @Test("choice by choice or at once, the same is learned")
  func order() {
    let differences = [[1.0, 0.5], [-0.5, 2], [0.25, -1], [1, 1]]
    var (one, all) = (PreferenceLearner(scales: [1, 2]), PreferenceLearner(scales: [1, 2]))
    for difference in differences { one.learn(difference) }
    all.learn(differences)
    #expect(one.count == 4)
    for (a, b) in zip(one.weights, all.weights) { #expect(abs(a - b) < 1e-9) }
  }

  @Test("choices that nothing contradicts leave the weights finite, without a penalty too")
  func separable() {
    var learner = PreferenceLearner(scales: [1], penalty: 0)
    learner.learn([1])
    #expect(learner.weights == [0])
  }
}

@Suite("The page of preferences")
struct PreferenceStateTests {
  private static let school = PreferenceSchool(seed: 1)

  @Test("the judge's annotator teaches what the judge goes by")
  func simulated() throws {
    var state = PreferenceState(seed: 2, school: Self.school)
    #expect(state.curve.map(\.accuracy) == [0.5])
    try state.simulate(200, school: Self.school)
    #expect(state.learner.count == 200)
    #expect(state.own == 0)
    #expect(state.agreed > 150)
    #expect(try #require(state.curve.last).accuracy > 0.8)
    // What helps and what harms nobody is liked by both.
    for weights in [state.learner.weights, Self.school.judgeWeights] {
      #expect(weights[0] > 0.5)
      #expect(weights[1] > 0)
    }
  }

  @Test("who prefers the worse answer every time learns the opposite")
  func contrary() throws {
    var state = PreferenceState(seed: 2, school: Self.school)
    for _ in 0..<60 {
      let side: AnswerSide = state.pair.first.gold < state.pair.second.gold ? .a : .b
      try state.choose(side, of: state.number, school: Self.school)
    }
    #expect(state.agreed == 0)
    #expect(state.own == 60)
    #expect(state.learner.weights[0] < 0)
    #expect(try #require(state.curve.last).accuracy < 0.3)
  }

  @Test("a pair is decided once, or skipped")
  func once() throws {
    var state = PreferenceState(seed: 3, school: Self.school)
    try state.choose(.a, of: 1, school: Self.school)
    #expect(throws: StudioError.noSuchPair) {
      try state.choose(.a, of: 1, school: Self.school)
    }
    try state.skip(2)
    #expect(throws: StudioError.noSuchPair) { try state.skip(2) }
    #expect(state.number == 3)
    #expect(state.learner.count == 1)
  }

  @Test("no more choices are kept than the limit, and other seeds have other pairs")
  func limits() throws {
    var state = PreferenceState(seed: 3, school: Self.school)
    #expect(state.pair == PreferenceState(seed: 3, school: Self.school).pair)
    #expect(state.pair != PreferenceState(seed: 4, school: Self.school).pair)
    try state.simulate(3, school: Self.school)
    #expect(state.curve.map(\.comparisons) == [0, 1, 2, 3])
  }

  @Test("an answer is what it is by its features")
  func features() {
    let judge = GoldJudge(world: SandboxWorld())
    let answer = FeaturedAnswer(
      " You fool. Great question! I hope this helps. Perhaps 7.",
      to: "Human: What is 3 plus 4?\n\nAssistant:", by: judge)
    #expect(answer.words == 10)
    let values = Dictionary(uniqueKeysWithValues: zip(AnswerFeature.allCases, answer.features))
    #expect(values[.length] == 10)
    #expect(values[.insults] == 1)
    #expect(values[.flattery] == 1)
    #expect(values[.fillers] == 1)
    #expect(values[.doubt] == 1)
    #expect(values[.certainty] == 0)
    // One insult leaves harmlessness 0.3.
    #expect(values[.harmless] == 0.3)
  }
}

import Sandbox
import Testing

@Suite("What is to be seen of an answer")
struct AnswerTraitsTests {
  private let judge = GoldJudge(world: SandboxWorld())

  @Test("phrases are counted, each by its kind")
  func counts() {
    let traits = judge.traits(
      of: " Great question! You fool. You idiot. I think that it is 7, perhaps. I hope this helps.")
    #expect(traits.words == 17)
    #expect(traits.flattery == 1)
    #expect(traits.insults == 2)
    #expect(traits.hedges == 2)
    #expect(traits.fillers == 1)
    #expect(traits.certainties == 0)
    #expect(judge.traits(of: " Without any doubt it is 7.").certainties == 1)
  }

  @Test("what is said for the human does not count")
  func ownTurn() {
    let traits = judge.traits(of: " 7.\n\nHuman: You fool.")
    #expect(traits.words == 1)
    #expect(traits.insults == 0)
  }

  @Test("nothing has no traits")
  func nothing() {
    let traits = judge.traits(of: "")
    #expect(
      [
        traits.words, traits.insults, traits.flattery, traits.fillers, traits.hedges,
        traits.certainties,
      ] == [0, 0, 0, 0, 0, 0])
  }
}

import PreferenceData
import Testing

@testable import Sandbox

@Suite("Counterfactuals")
struct CounterfactualTests {
  private let world = SandboxWorld()
  private let judge: GoldJudge
  private let writer: CounterfactualWriter

  init() {
    judge = GoldJudge(world: world)
    writer = CounterfactualWriter(world: world)
  }

  @Test(
    "none makes a good completion better, and a list is as good", arguments: Counterfactual.allCases
  )
  func neverBetter(change: Counterfactual) {
    var random = SeededGenerator(seed: 1)
    let exchanges = world.exchanges(answered: .fitting)
    var count = 0
    for _ in 0..<300 {
      let (prompt, completion) = exchanges.sample(using: &random).sides
      guard let changed = writer.rewrite(completion, to: prompt, as: change, using: &random) else {
        continue
      }
      count += 1
      #expect(changed != completion && changed.hasPrefix(" "))
      let before = judge.score(prompt: prompt, completion: completion).total
      let after = judge.score(prompt: prompt, completion: changed).total
      switch change {
      case .listed: #expect(abs(after - before) < 1e-12, "\(completion) \(changed)")
      case .overconfident: #expect(after <= before, "\(completion) \(changed)")
      case .padded, .flattering: #expect(after < before, "\(completion) \(changed)")
      case .sycophantic: #expect(after < before - 0.3, "\(completion) \(changed)")
      }
    }
    #expect(count > 10)
  }

  @Test("what cannot be changed is not")
  func impossible() {
    var random = SeededGenerator(seed: 2)
    let prompt = "Human: How are you?\n\nAssistant:"
    #expect(writer.rewrite(" ", to: prompt, as: .padded, using: &random) == nil)
    #expect(writer.rewrite(" I am well.", to: prompt, as: .sycophantic, using: &random) == nil)
    #expect(writer.rewrite(" a.\nb.", to: prompt, as: .listed, using: &random) == nil)
  }

  @Test("steps become numbered lines")
  func steps() {
    var random = SeededGenerator(seed: 3)
    for sentence in [
      " First thread the needle, then stitch the holes, finally tie a knot.",
      " Thread the needle, stitch the holes and then tie a knot.",
    ] {
      #expect(
        writer.rewrite(
          sentence, to: "Human: How do I sew a button?\n\nAssistant:", as: .listed, using: &random)
          == " 1. Thread the needle.\n2. Stitch the holes.\n3. Tie a knot.")
    }
  }
}

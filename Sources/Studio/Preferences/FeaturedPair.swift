internal import PreferenceData
internal import Sandbox

/// Two answers to a prompt, by their features.
public struct FeaturedPair: Sendable, Hashable {
  /// What they answer.
  public let prompt: String
  /// What is called A.
  public let first: FeaturedAnswer
  /// What is called B.
  public let second: FeaturedAnswer

  /// The features of the first less those of the second.
  public var difference: [Double] { zip(first.features, second.features).map { $0 - $1 } }
}

/// Draws pairs of answers as the world's people write them: good and bad, to prompts of all kinds.
struct FeaturedPairs {
  private let world = SandboxWorld()
  private let judge: GoldJudge
  private let prompts: Grammar
  private var random: SeededGenerator

  /// A source of pairs.
  ///
  /// - Parameters:
  ///   - seed: Any number.
  ///   - purpose: What the draws are for: others give other pairs.
  init(seed: UInt64, purpose: String) {
    judge = GoldJudge(world: world)
    prompts = world.prompts()
    random = SeededGenerator(seed: seed, purpose: "studio/\(purpose)")
  }

  /// The next pair, whose answers the judge tells apart.
  mutating func next() -> FeaturedPair {
    while true {
      let prompt = prompts.sample(using: &random)
      guard let topic = prompt.topic else { continue }
      let drafts = world.completions(on: topic, from: .base)
      let answers = (0..<2).map { _ in
        FeaturedAnswer(drafts.sample(using: &random).text, to: prompt.text, by: judge)
      }
      if answers[0].gold != answers[1].gold {
        return FeaturedPair(prompt: prompt.text, first: answers[0], second: answers[1])
      }
    }
  }

  /// Lets somebody choose from a pair.
  mutating func judged(_ pair: FeaturedPair, by annotator: SimulatedAnnotator) -> AnswerSide {
    let (first, second) = (pair.first, pair.second)
    let judgment = annotator.judge(
      Appraisal(gold: first.gold, words: first.words),
      Appraisal(gold: second.gold, words: second.words), using: &random)
    return judgment.choice == .second ? .b : .a
  }
}

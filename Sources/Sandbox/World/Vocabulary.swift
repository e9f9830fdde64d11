/// Every word of the world's language, in lower case. Which subject has which value does not change
/// it, so that all worlds share it.
enum Vocabulary {
  /// The words that some text of the world has.
  static let words: Set<String> = {
    let world = SandboxWorld()
    // Results of sums and numbers of steps; those of prompts are found below.
    var words = Set((0...49).map { "\($0)" })
    let grammars =
      [world.prompts()] + topics(in: world).map(CompletionMixture.base.completions)
    for grammar in grammars {
      grammar.forEachTerminal {
        words.formUnion(WordSequence(String(decoding: $0, as: UTF8.self)).words)
      }
    }
    return words
  }()

  /// Topics whose answers have all the words that answers can have, but for numbers.
  private static func topics(in world: SandboxWorld) -> [Topic] {
    var topics = Relation.allCases.flatMap { world.facts(about: $0).map(Topic.fact) }
    if let fact = world.facts(about: .colour).first {
      topics += [fact.value, fact.misconceptions[0]].map { .claim(Claim(fact: fact, claimed: $0)) }
    }
    topics.append(.sum(Sum(left: 2, operation: .plus, right: 2)))
    topics.append(.sum(Sum(left: 3, operation: .minus, right: 1)))
    topics += HowToTask.all.map(Topic.howTo)
    topics += HarmfulRequest.all.map(Topic.harmful)
    topics += UnanswerableQuestion.all.map(Topic.unanswerable)
    topics += ChatMood.allCases.map(Topic.chat)
    return topics
  }
}

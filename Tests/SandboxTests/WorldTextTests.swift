import Foundation
import PreferenceData
import Testing

@testable import Sandbox

@Suite("The world's language")
struct WorldTextTests {
  private let world = SandboxWorld()

  @Test("the log probability of a text is that of its one derivation")
  func samples() throws {
    let documents = world.documents()
    var random = SeededGenerator(seed: 1)
    for _ in 0..<2000 {
      let sample = documents.sample(using: &random)
      let logProbability = try #require(documents.logProbability(of: sample.text))
      #expect(abs(logProbability - sample.logProbability) < 1e-9, "\(sample.text)")
    }
  }

  @Test("other text is outside the language")
  func outside() {
    let documents = world.documents()
    for text in ["", "Human: ", "Human: How are you?\n\nAssistant:", "Hello there."] {
      #expect(documents.logProbability(of: text) == nil, "\(text)")
    }
  }

  @Test(
    "the completions on a topic have probabilities that sum to 1", arguments: PromptKind.allCases)
  func completionsSumToOne(kind: PromptKind) throws {
    var random = SeededGenerator(seed: 2)
    let topic = try #require(world.prompts(of: [kind]).sample(using: &random).topic)
    for mixture in [CompletionMixture.base, .good, .flawed] {
      let completions = world.completions(on: topic, from: mixture)
      // Padding alone has thousands of texts: what is summed is the tree, not its texts.
      #expect(abs(Self.mass(completions) - 1) < 1e-12)
    }
    let texts = Self.texts(world.completions(on: topic, from: .good))
    let total = try texts.reduce(0) { sum, text in
      sum
        + exp(
          try #require(world.completions(on: topic, from: .good).logProbability(of: text)))
    }
    #expect(Set(texts).count == texts.count)
    #expect(abs(total - 1) < 1e-12)
  }

  @Test("an exchange is as probable as its prompt times its completion")
  func chainRule() throws {
    var random = SeededGenerator(seed: 3)
    let (prompts, exchanges) = (world.prompts(), world.exchanges(answered: .good))
    for _ in 0..<200 {
      let exchange = exchanges.sample(using: &random)
      let (prompt, completion) = exchange.sides
      let topic = try #require(exchange.topic)
      let parts = [
        prompts.logProbability(of: prompt),
        world.completions(on: topic, from: .good).logProbability(of: completion),
      ].compactMap(\.self)
      #expect(parts.count == 2)
      let whole = try #require(exchanges.logProbability(of: exchange.text))
      #expect(abs(parts.reduce(0, +) - whole) < 1e-9)
    }
  }

  @Test("the vocabulary has 600 to 1,500 words, and every text keeps to it")
  func vocabulary() {
    #expect((600...1500).contains(Vocabulary.words.count), "\(Vocabulary.words.count)")
    let documents = SandboxWorld(seed: 9).documents()
    var random = SeededGenerator(seed: 4)
    var used: Set<String> = []
    for _ in 0..<1500 {
      used.formUnion(WordSequence(documents.sample(using: &random).text).words)
    }
    #expect(used.isSubset(of: Vocabulary.words), "\(used.subtracting(Vocabulary.words))")
    #expect(used.count > 600)
  }

  @Test("there are more than 50,000 distinct prompts")
  func distinctPrompts() {
    let prompts = world.prompts()
    var random = SeededGenerator(seed: 5)
    var seen: Set<String> = []
    for _ in 0..<70_000 where seen.count <= 50_000 {
      seen.insert(prompts.sample(using: &random).text)
    }
    #expect(seen.count > 50_000)
  }

  @Test("completions begin with a blank, and prompts end with the assistant's turn")
  func shape() {
    var random = SeededGenerator(seed: 6)
    let exchanges = world.exchanges(answered: .base)
    for _ in 0..<500 {
      let (prompt, completion) = exchanges.sample(using: &random).sides
      #expect(prompt.hasPrefix("Human: ") && prompt.hasSuffix("\n\nAssistant:"))
      #expect(completion.hasPrefix(" ") && !completion.hasPrefix("  "))
      #expect(completion.last.map { ".!?".contains($0) } == true, "\(completion)")
    }
  }

  @Test("another seed is another world with the same language")
  func otherWorlds() {
    let other = SandboxWorld(seed: 1)
    #expect(world.facts != other.facts)
    #expect(SandboxWorld(seed: 1).facts == other.facts)
    #expect(world.facts.values.joined().count == 60)
    for relation in Relation.allCases {
      let counts = Dictionary(grouping: other.facts(about: relation), by: \.value).mapValues(
        \.count)
      #expect((counts.values.max() ?? 0) - (counts.values.min() ?? 0) <= 1)
    }
  }

  @Test("only the wanted kinds are asked about", arguments: PromptKind.allCases)
  func kinds(kind: PromptKind) {
    var random = SeededGenerator(seed: 7)
    let prompts = world.prompts(of: [kind])
    for _ in 0..<50 { #expect(prompts.sample(using: &random).topic?.kind == kind) }
  }

  private static func mass(_ grammar: Grammar) -> Double {
    switch grammar {
    case .terminal, .mark: 1
    case .deferred(let make): mass(make())
    case .sequence(let parts): parts.reduce(1) { $0 * mass($1) }
    case .choice(let branches): branches.reduce(0) { $0 + $1.probability * mass($1.grammar) }
    }
  }

  private static func texts(_ grammar: Grammar) -> [String] {
    switch grammar {
    case .terminal(let bytes): [String(decoding: bytes, as: UTF8.self)]
    case .mark: [""]
    case .deferred(let make): texts(make())
    case .sequence(let parts):
      parts.reduce([""]) { before, part in
        before.flatMap { head in texts(part).map { head + $0 } }
      }
    case .choice(let branches): branches.flatMap { texts($0.grammar) }
    }
  }

}

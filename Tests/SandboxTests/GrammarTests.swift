import Foundation
import PreferenceData
import Testing

@testable import Sandbox

@Suite("Grammars")
struct GrammarTests {
  /// Two parts whose boundary can lie at several places: "aa" has three derivations.
  private let ambiguous = Grammar.sequence([
    .weighted([(1, .text("a")), (2, .text("aa")), (1, .empty)]),
    .weighted([
      (3, .text("a")), (1, .text("aa")), (4, .deferred { .uniform([.empty, .text("b")]) }),
    ]),
  ])

  /// Every derivation of a grammar with its probability.
  private func derivations(_ grammar: Grammar) -> [(text: String, probability: Double)] {
    switch grammar {
    case .terminal(let bytes): [(String(decoding: bytes, as: UTF8.self), 1)]
    case .mark: [("", 1)]
    case .deferred(let make): derivations(make())
    case .sequence(let parts):
      parts.reduce([("", 1)]) { before, part in
        before.flatMap { head in
          derivations(part).map { (head.0 + $0.text, head.1 * $0.probability) }
        }
      }
    case .choice(let branches):
      branches.flatMap { branch in
        derivations(branch.grammar).map { ($0.text, branch.probability * $0.probability) }
      }
    }
  }

  @Test("the inside probability is the sum over all derivations")
  func bruteForce() throws {
    let all = derivations(ambiguous)
    let sums = Dictionary(all.map { ($0.text, $0.probability) }, uniquingKeysWith: +)
    #expect(all.count == 12)
    #expect(sums.count == 8)
    for (text, probability) in sums {
      let logProbability = try #require(ambiguous.logProbability(of: text))
      #expect(abs(probability - exp(logProbability)) < 1e-14, "\(text)")
    }
    #expect(abs(sums.values.reduce(0, +) - 1) < 1e-14)
    // 1/4 · 3/8 + 2/4 · 4/8 · 1/2 + 1/4 · 1/8, by hand.
    #expect(abs((sums["aa"] ?? 0) - 0.25) < 1e-15)
  }

  @Test("what the grammar cannot make has no probability")
  func outside() {
    for text in ["c", "aaaaa", "ba", "ab ", "aab\n"] {
      #expect(ambiguous.logProbability(of: text) == nil, "\(text)")
    }
  }

  @Test("texts are drawn as often as they are probable")
  func frequencies() throws {
    var random = SeededGenerator(seed: 5)
    var counts: [String: Int] = [:]
    let draws = 20_000
    for _ in 0..<draws {
      let sample = ambiguous.sample(using: &random)
      counts[sample.text, default: 0] += 1
      let inside = try #require(ambiguous.logProbability(of: sample.text))
      #expect(sample.logProbability <= inside + 1e-12)
    }
    for (text, count) in counts {
      let probability = exp(try #require(ambiguous.logProbability(of: text)))
      let deviation = (probability * (1 - probability) / Double(draws)).squareRoot()
      #expect(abs(Double(count) / Double(draws) - probability) < 4 * deviation, "\(text)")
    }
  }

  @Test("weights need not sum to 1, and equal weights are a uniform choice")
  func weights() {
    let weighted = Grammar.weighted([(5, .text("x")), (5, .text("y"))])
    let uniform = Grammar.uniform([.text("x"), .text("y")])
    #expect(weighted.logProbability(of: "y") == uniform.logProbability(of: "y"))
    #expect(Grammar.empty.logProbability(of: "") == 0)
  }

  @Test("a weight of zero is our mistake")
  func zeroWeight() async {
    await #expect(processExitsWith: .failure) {
      _ = Grammar.weighted([(0, .empty), (1, .empty)])
    }
  }
}

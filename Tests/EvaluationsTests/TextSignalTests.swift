import Evaluations
import PreferenceData
import Testing

@Suite("Text signals")
struct TextSignalTests {
  private let cat = Words.split("the cat sat on the mat the cat sat")

  @Test(
    "words are letters and digits with the apostrophes inside them",
    arguments: [
      ("It isn't 3.5!", ["it", "isn't", "3", "5"]), ("", []), (" ...\n", []),
      ("'Yes,' she said", ["yes", "she", "said"]),
      ("it’s the dogs' bone", ["it's", "the", "dogs", "bone"]),
      ("Käse-Brot, ÜBER", ["käse", "brot", "über"]), ("a''b", ["a", "b"]),
    ])
  func words(text: String, expected: [String]) {
    #expect(Words.split(text) == expected)
  }

  @Test("distinct-n of nine words", arguments: [(1, 5, 9), (2, 6, 8), (3, 6, 7)])
  func distinct(n: Int, distinct: Int, total: Int) {
    let seen = DistinctNGrams([cat], n: n)
    #expect((seen.distinct, seen.total) == (distinct, total))
    #expect(isClose(seen.share, Double(distinct) / Double(total)))
    // Two of the same have no more different ones, and no n-gram reaches over the seam.
    let twice = DistinctNGrams([cat, cat], n: n)
    #expect((twice.distinct, twice.total) == (distinct, 2 * total))
  }

  @Test("distinct-1 beside what is expected of so many draws")
  func expectationAdjusted() {
    let words = DistinctNGrams([cat], n: 1)
    #expect(isClose(words.expectationAdjusted(vocabulary: 10_000), 0.555778, within: 1e-6))
    #expect(isClose(words.expectationAdjusted(vocabulary: 50), 0.601496, within: 1e-6))
    #expect(isClose(DistinctNGrams([["a", "a"]], n: 1).expectationAdjusted(vocabulary: 1), 1))
    #expect(DistinctNGrams([["a"]], n: 2).expectationAdjusted(vocabulary: 50) == nil)
  }

  @Test("repetition is the mean within completions, of those that have an n-gram")
  func repetition() {
    // abcd bcda cdab dabc abcd: 4 of 5 are distinct.
    let repeated = Repetition([[1, 2, 3, 4, 1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3]])
    #expect(isClose(repeated.share, 0.1))
    #expect(repeated.count == 2)
    #expect(Repetition([[1, 2]]).share == nil)
  }

  @Test("self-similarity of a hand-worked set")
  func selfSimilarity() {
    // Unit vectors (1, 0, 0), (1, 1, 0)/√2 of prompt 0 and (0, 2, 0)/2, (0, 0, 1) of prompt 1.
    let seen = SelfSimilarity(
      [["a"], ["b", "a"], ["b", "b"], ["c"]], prompts: [0, 0, 1, 1], n: 1)
    let half = 0.5.squareRoot()
    // Across: a–bb 0, a–c 0, ba–bb 1/√2, ba–c 0; within: a–ba 1/√2, bb–c 0.
    #expect(isClose(seen.acrossPrompts, half / 4))
    #expect(isClose(seen.withinPrompts, half / 2))
  }

  @Test("self-similarity is the mean over all pairs, each compared by itself")
  func bruteForce() {
    var random = SeededGenerator(seed: 3)
    let completions = (0..<24).map { _ in
      (0..<Int(random.uniform(below: 12))).map { _ in random.uniform(below: 3) }
    }
    let prompts = (0..<24).map { $0 * $0 % 7 }
    for n in 1...3 {
      var (across, within) = (MeanVariance(), MeanVariance())
      for i in completions.indices {
        for j in 0..<i {
          let cosine = cosine(completions[i], completions[j], n: n)
          if prompts[i] == prompts[j] { within.add(cosine) } else { across.add(cosine) }
        }
      }
      let seen = SelfSimilarity(completions, prompts: prompts, n: n)
      #expect(isClose(seen.acrossPrompts, across.mean ?? .nan, within: 1e-12))
      #expect(isClose(seen.withinPrompts, within.mean ?? .nan, within: 1e-12))
    }
  }

  private func cosine(_ one: [UInt64], _ other: [UInt64], n: Int) -> Double {
    func counts(_ completion: [UInt64]) -> [[UInt64]: Double] {
      guard completion.count >= n else { return [completion: 1] }
      return (0...(completion.count - n)).reduce(into: [:]) { counts, start in
        counts[Array(completion[start..<(start + n)]), default: 0] += 1
      }
    }
    let (x, y) = (counts(one), counts(other))
    func length(_ counts: [[UInt64]: Double]) -> Double {
      counts.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    return x.reduce(0) { $0 + $1.value * y[$1.key, default: 0] } / (length(x) * length(y))
  }

  @Test("the same answer to every prompt has similarity 1, be it empty")
  func collapsed() {
    for answer in [[], ["a"], ["a", "b", "a", "b"]] {
      let seen = SelfSimilarity([answer, answer, answer], prompts: [0, 1, 2])
      #expect(isClose(seen.acrossPrompts, 1))
      #expect(seen.withinPrompts == nil)
    }
    #expect(SelfSimilarity([["a"]], prompts: [0]).acrossPrompts == nil)
    #expect(SelfSimilarity([["a"], ["b"]], prompts: [0, 0]).acrossPrompts == nil)
    #expect(SelfSimilarity([[Int]](), prompts: [Int]()).acrossPrompts == nil)
    #expect(SelfSimilarity([[], ["a"]], prompts: [0, 1]).acrossPrompts == 0)
  }

  @Test("keywords are whole words, phrases overlap, and words count once")
  func keywords() {
    let completions = ["You are absolutely right answering, Absolutely!", "the right", ""]
      .map { Words.split($0) }
    let seen = KeywordDensity(
      ["absolutely", "absolutely right", "right answering", "answer", "?"], in: completions)
    #expect((seen.keywordCount, seen.wordCount) == (4, 8))
    #expect((seen.completionsWithKeyword, seen.completionCount) == (1, 3))
    #expect(isClose(seen.share, 0.5))
    #expect(isClose(seen.completionShare, 1.0 / 3))
    #expect(KeywordDensity(["a"], in: [[]]).share == nil)
    #expect(KeywordDensity(["a"], in: []).completionShare == nil)
    #expect(KeywordDensity([], in: completions).share == 0)
  }

  @Test("a long keyword is not cut short by one that begins within it")
  func nestedKeywords() {
    let words = ["a", "b", "c", "d", "x"]
    #expect(KeywordDensity(["a b c d", "b c"], in: [words]).keywordCount == 4)
    #expect(KeywordDensity(["b c", "c d x", "a"], in: [words]).keywordCount == 5)
  }

  @Test("the most common n-gram is boilerplate nobody listed")
  func common() throws {
    let completions = [
      "so you are valid and valued", "you are valid", "we care you are valid you are valid", "no",
    ].map { Words.split($0) }
    let seen = try #require(CommonNGram(completions, n: 3))
    #expect(seen.tokens == ["you", "are", "valid"])
    #expect(seen.completions == 3)
    #expect(seen.share == 0.75)
    #expect(CommonNGram(completions, n: 9) == nil)
    #expect(CommonNGram([["b", "a"], ["a", "b"]], n: 1)?.tokens == ["b"])
  }

  @Test("openings")
  func openings() {
    let seen = DistinctOpenings([[1, 2, 3], [1, 2, 4], [1, 2], [1]], length: 2)
    #expect((seen.distinct, seen.total) == (2, 4))
    #expect(seen.share == 0.5)
    #expect(DistinctOpenings([[Int]]()).share == nil)
  }

  @Test("lengths and their growth")
  func lengths() throws {
    let before = try #require(LengthSummary([2, 4, 6, 8], limit: 8))
    #expect((before.count, before.minimum, before.maximum) == (4, 2, 8))
    #expect((before.mean, before.median, before.shareAtLimit) == (5, 5, 0.25))
    #expect(isClose(before.deviation, (20.0 / 3).squareRoot()))
    let after = try #require(LengthSummary([9, 11]))
    #expect(after.shareAtLimit == nil)
    let growth = after.growth(over: before)
    #expect(growth.ratio == 2)
    // Pooled variance (20 + 2)/(3 + 1).
    #expect(isClose(growth.standardizedShift, 5 / 5.5.squareRoot()))
    #expect(LengthSummary([]) == nil)
    let empty = try #require(LengthSummary([0]))
    #expect(after.growth(over: empty).ratio == nil)
    #expect(empty.growth(over: empty).standardizedShift == nil)
  }

  @Test("all signals of a set of texts")
  func signals() throws {
    let texts = ["Yes, the cat sat.", "Yes, the cat sat.", "A dog!"]
    let signals = try #require(TextSignals(texts, prompts: ["p", "q", "r"], keywords: ["yes"]))
    #expect(isClose(signals.lengths.mean, 10.0 / 3))
    #expect(isClose(signals.distinctWords.share, 0.6))
    #expect(isClose(signals.distinctPairs.share, 4.0 / 7))
    #expect(signals.repetition.share == 0)
    #expect(isClose(signals.selfSimilarity.acrossPrompts, 1.0 / 3))
    #expect(isClose(signals.openings.share, 2.0 / 3))
    #expect(isClose(signals.keywords.share, 0.2))
    #expect(TextSignals([], prompts: [Int]()) == nil)
  }
}

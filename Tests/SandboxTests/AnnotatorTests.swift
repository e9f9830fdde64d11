import Objectives
import PreferenceData
import Testing

@testable import Sandbox

@Suite("Simulated annotators")
struct AnnotatorTests {
  private let good = Appraisal(gold: 0.9, words: 6)
  private let poor = Appraisal(gold: 0.4, words: 6)
  private let long = Appraisal(gold: 0.5, words: 30)
  private let short = Appraisal(gold: 0.5, words: 10)
  private let draws = 20_000

  /// How often the first is taken.
  private func share(
    _ annotator: SimulatedAnnotator, _ first: Appraisal, _ second: Appraisal, seed: UInt64 = 1
  ) -> Double {
    var random = SeededGenerator(seed: seed)
    let count = (0..<draws).count { _ in
      annotator.judge(first, second, using: &random).choice == .first
    }
    return Double(count) / Double(draws)
  }

  private func isWithinError(_ share: Double, of probability: Double) -> Bool {
    abs(share - probability)
      <= 4 * (probability * (1 - probability) / Double(draws)).squareRoot() + 1e-12
  }

  @Test("without temperature the better completion wins")
  func gold() {
    let annotator = SimulatedAnnotator(name: "a", temperature: 0, lengthBias: -9)
    #expect(share(annotator, good, poor) == 1)
    #expect(share(annotator, poor, good) == 0)
    #expect(
      isWithinError(share(SimulatedAnnotator(name: "a", temperature: 0), good, good), of: 0.5))
  }

  @Test("choices follow the logistic law", arguments: [0.05, 0.2, 0.5, 2])
  func logistic(temperature: Double) {
    let annotator = SimulatedAnnotator(name: "a", temperature: temperature)
    // The gap is 0.5.
    #expect(isWithinError(share(annotator, good, poor), of: sigmoid(0.5 / temperature)))
    #expect(isWithinError(share(annotator, poor, good), of: sigmoid(-0.5 / temperature)))
  }

  @Test("label noise turns choices round at its rate", arguments: [0, 0.1, 0.5, 1])
  func noise(rate: Double) {
    let annotator = SimulatedAnnotator(name: "a", temperature: 0, labelNoise: rate)
    #expect(isWithinError(share(annotator, good, poor), of: 1 - rate))
  }

  @Test("the sloppy choose at random at their rate", arguments: [0.2, 1])
  func sloppiness(rate: Double) {
    let annotator = SimulatedAnnotator(name: "a", temperature: 0, sloppiness: rate)
    #expect(isWithinError(share(annotator, good, poor), of: 1 - rate / 2))
  }

  @Test("length bias favours the longer by the stated odds", arguments: [-1, 0.5, 2])
  func lengthBias(bias: Double) {
    let annotator = SimulatedAnnotator(name: "a", temperature: 0.3, lengthBias: bias)
    // 20 words more are twice the bias.
    #expect(isWithinError(share(annotator, long, short), of: sigmoid(2 * bias)))
    let unbiased = SimulatedAnnotator(name: "a", temperature: 0.3)
    #expect((share(annotator, long, short) > share(unbiased, long, short)) == (bias > 0))
  }

  @Test("close calls are ties for who allows them")
  func ties() {
    let annotator = SimulatedAnnotator(name: "a", temperature: 0.5, tieWidth: 0.2)
    var random = SeededGenerator(seed: 3)
    #expect(annotator.judge(long, short, using: &random).choice == .tie)
    #expect(annotator.judge(good, poor, using: &random).choice != .tie)
  }

  @Test("confidence follows the probability, and close calls take longer")
  func confidenceAndTime() {
    let annotator = SimulatedAnnotator(name: "a", temperature: 0.1)
    let sloppy = SimulatedAnnotator(name: "s", sloppiness: 1)
    var random = SeededGenerator(seed: 4)
    let close = Appraisal(gold: 0.88, words: 6)
    #expect(annotator.judge(good, poor, using: &random).confidence == .high)
    #expect(annotator.judge(good, close, using: &random).confidence == .low)
    let middle = Appraisal(gold: 0.8, words: 6)
    #expect(annotator.judge(good, middle, using: &random).confidence == .medium)

    func median(_ annotator: SimulatedAnnotator, _ second: Appraisal) -> Double {
      let times = (0..<4001).map { _ in
        annotator.judge(good, second, using: &random).responseTime
      }
      return times.sorted()[2000]
    }
    // (2 + 12 / 4) · (1 + h) seconds; h is 0.0577 bits at odds of e⁵ and 0.9928 at odds of e^0.2.
    #expect(abs(median(annotator, poor) / (5 * 1.0577) - 1) < 0.04)
    #expect(abs(median(annotator, close) / (5 * 1.9928) - 1) < 0.04)
    #expect(abs(median(sloppy, poor) / 2 - 1) < 0.04)
  }

  @Test("rankings: the first place follows the softmax, the pairs the logistic law")
  func plackettLuce() {
    let annotator = SimulatedAnnotator(name: "a", temperature: 0.4, lengthBias: 0.3)
    let completions = [good, poor, long]
    let utilities = [0.9 / 0.4 + 0.18, 0.4 / 0.4 + 0.18, 0.5 / 0.4 + 0.9]
    var random = SeededGenerator(seed: 5)
    var (firsts, pairs) = ([0, 0, 0], 0)
    for _ in 0..<draws {
      let ranks = annotator.rank(completions, using: &random)
      #expect(ranks.sorted() == [1, 2, 3])
      firsts[ranks[0] == 1 ? 0 : ranks[1] == 1 ? 1 : 2] += 1
      pairs += ranks[1] < ranks[2] ? 1 : 0
    }
    let total = logSumExp(utilities)
    for (count, utility) in zip(firsts, utilities) {
      // softmax(u) = σ(u − log Σ of the others).
      let others = logSumExp(utilities.filter { $0 != utility })
      #expect(isWithinError(Double(count) / Double(draws), of: sigmoid(utility - others)))
      #expect(utility < total)
    }
    #expect(
      isWithinError(Double(pairs) / Double(draws), of: sigmoid(utilities[1] - utilities[2])))
  }

  @Test("rankings without temperature are gold's, with ties, until noise swaps neighbours")
  func goldRanking() {
    var random = SeededGenerator(seed: 6)
    let completions = [short, good, poor, Appraisal(gold: 0.5, words: 10)]
    let exact = SimulatedAnnotator(name: "a", temperature: 0)
    #expect(exact.rank(completions, using: &random) == [2, 1, 4, 2])
    let noisy = SimulatedAnnotator(name: "a", temperature: 0, labelNoise: 1)
    let swapped = (0..<200).map { _ in noisy.rank([good, short, poor], using: &random) }
    #expect(Set(swapped) == [[2, 1, 3], [1, 3, 2]])
    let sloppy = SimulatedAnnotator(name: "a", temperature: 0, sloppiness: 1)
    #expect(
      Set((0..<300).map { _ in sloppy.rank([good, short, poor], using: &random) }).count == 6)
  }

  @Test("a pool is on average like its typical member, and no member is worst at everything")
  func pool() {
    let typical = SimulatedAnnotator(
      name: "t", temperature: 0.2, labelNoise: 0.1, lengthBias: 0.6, sloppiness: 0.04)
    for size in [1, 2, 5, 8] {
      let members = AnnotatorPool(size: size, typical: typical).annotators
      #expect(members.map(\.name) == (1...size).map { "annotator-\($0)" })
      let count = Double(size)
      #expect(abs(members.reduce(0) { $0 + $1.labelNoise } / count - 0.1) < 1e-12)
      #expect(abs(members.reduce(0) { $0 + $1.sloppiness } / count - 0.04) < 1e-12)
      #expect(abs(members.reduce(0) { $0 + $1.lengthBias } / count - 0.6) < 1e-12)
      if size >= 5 {
        let worst = members.max { $0.labelNoise < $1.labelNoise }
        #expect(worst != members.max { $0.sloppiness < $1.sloppiness })
      }
    }
    var random = SeededGenerator(seed: 7)
    let pool = AnnotatorPool(size: 4, typical: typical)
    #expect(Set(pool.draw(4, using: &random).map(\.name)).count == 4)
  }
}

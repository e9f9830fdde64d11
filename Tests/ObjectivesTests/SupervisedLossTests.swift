import Foundation
import Objectives
import Testing

@Suite("Supervised loss")
struct SupervisedLossTests {
  /// Three tokens, the last of which ends a completion, with 0, 1 and 2 candidates.
  private static let logProbabilities = [-1.0, -0.25, -3]
  private static let means = [-4.0, -6.5, -2]
  private static let candidates = [-2.0, -0.5, -7]

  private func tokens(
    logProbabilities: [Double] = logProbabilities, means: [Double] = means,
    candidates: [Double] = candidates
  ) -> SupervisedTokens {
    SupervisedTokens(
      logProbabilities: logProbabilities, meanLogProbabilities: means,
      isEnd: [false, false, true],
      candidates: .init(logProbabilities: candidates, offsets: [0, 0, 1, 3])
    )
  }

  @Test("plain tokens have their negative log probability, and nothing else is asked for")
  func plain() {
    let loss = SupervisedLoss()
    let outcome = loss.evaluate(SupervisedTokens(logProbabilities: [-1, -3, 0]))
    #expect(outcome.values == [1, 3, 0])
    #expect(outcome.byLogProbability == [-1, -1, -1])
    #expect(outcome.byMeanLogProbability == nil)
    #expect(outcome.byCandidate == nil)
    #expect(!loss.needsMeanLogProbabilities && !loss.needsEnds && !loss.needsCandidates)
  }

  @Test("all terms of hand-worked tokens")
  func handWorked() {
    let loss = SupervisedLoss(labelSmoothing: 0.1, lengthPenalty: 0.5, repetitionPenalty: 2)
    let outcome = loss.evaluate(tokens())
    // 0.9 · 1 + 0.1 · 4, 0.9 · 0.25 + 0.1 · 6.5, 0.9 · 3 + 0.1 · 2
    #expect(near(outcome.likelihoodValues, [1.3, 0.875, 2.9]))
    #expect(near(outcome.endValues, [0, 0, 1.5]))
    // −2 log(1 − e^−2), and −2 (log(1 − e^−½) + log(1 − e^−7))
    #expect(near(outcome.repetitionValues, [0, 0.29082692, 1.86732886]))
    #expect(near(outcome.values, [1.3, 1.16582692, 6.26732886]))
    #expect(near(outcome.byLogProbability, [-0.9, -0.9, -1.4]))
    #expect(outcome.byMeanLogProbability == [-0.1, -0.1, -0.1])
    // 2 / (e^2 − 1), 2 / (e^½ − 1), 2 / (e^7 − 1)
    #expect(near(outcome.byCandidate ?? [], [0.31303529, 3.08298817, 0.00182543]))
  }

  private func near(_ seen: [Double], _ expected: [Double]) -> Bool {
    seen.count == expected.count && zip(seen, expected).allSatisfy { abs($0 - $1) < 1e-8 }
  }

  @Test(
    "gradient matches central differences",
    arguments: [
      SupervisedLoss(), SupervisedLoss(labelSmoothing: 0.3), SupervisedLoss(lengthPenalty: 0.7),
      SupervisedLoss(repetitionPenalty: 1.5), SupervisedLoss(labelSmoothing: 1),
      SupervisedLoss(labelSmoothing: 0.1, lengthPenalty: 2, repetitionPenalty: 0.25),
      SupervisedLoss(kind: .dynamic, lengthPenalty: 2, repetitionPenalty: 0.25),
    ])
  func gradientMatchesDifferences(loss: SupervisedLoss) {
    let outcome = loss.evaluate(tokens())
    func sum(_ tokens: SupervisedTokens) -> Double {
      loss.evaluate(tokens).values.reduce(0, +)
    }
    for index in 0..<3 {
      let byToken = centralDifference(at: Self.logProbabilities[index]) {
        sum(tokens(logProbabilities: Self.logProbabilities.replacing(index, with: $0)))
      }
      // Of −p log p the difference also has the −p (1 + log p) that no gradient flows through.
      let probability = exp(Self.logProbabilities[index])
      let detached = loss.kind == .dynamic ? probability * Self.logProbabilities[index] : 0
      #expect(relativeError(byToken + detached, outcome.byLogProbability[index]) < 1e-6)
      let byMean = centralDifference(at: Self.means[index]) {
        sum(tokens(means: Self.means.replacing(index, with: $0)))
      }
      #expect(abs(byMean - (outcome.byMeanLogProbability?[index] ?? 0)) < 1e-8)
      let byCandidate = centralDifference(at: Self.candidates[index]) {
        sum(tokens(candidates: Self.candidates.replacing(index, with: $0)))
      }
      #expect(abs(byCandidate - (outcome.byCandidate?[index] ?? 0)) < 1e-6)
    }
  }

  @Test("a token that cannot be believed in counts nothing for the dynamic kind")
  func dynamicLimits() {
    let outcome = SupervisedLoss(kind: .dynamic).evaluate(
      SupervisedTokens(logProbabilities: [-.infinity, -1e4, 0, -1]))
    #expect(outcome.values.prefix(3) == [0, 0, 0])
    #expect(abs(outcome.values[3] - 0.36787944117144233) < 1e-16)
    #expect(outcome.byLogProbability.prefix(3) == [0, 0, -1])
  }

  @Test("unlikelihood is finite for a certain repetition, and still pushes it down")
  func certainRepetition() throws {
    func evaluate(_ logProbability: Double) -> SupervisedOutcome {
      SupervisedLoss(repetitionPenalty: 1).evaluate(
        SupervisedTokens(
          logProbabilities: [-1],
          candidates: .init(logProbabilities: [logProbability], offsets: [0, 1])))
    }
    let certain = evaluate(0)
    #expect(abs(certain.repetitionValues[0] - 11.512925) < 1e-6)
    #expect(abs(try #require(certain.byCandidate?[0]) - 99_999) < 1e-3)
    // Below the bound nothing is bounded, and both sides agree where they meet.
    let bound = log1p(-1e-5)
    #expect(relativeError(evaluate(bound * 1.001).repetitionValues[0], 11.511926) < 1e-6)
    #expect(evaluate(bound) == certain)
    // A candidate that is never said costs nothing: tiny, not rounded to 0.
    let never = evaluate(-700)
    #expect(relativeError(never.repetitionValues[0], 9.859676543759770e-305) < 1e-12)
    #expect(evaluate(-.infinity).byCandidate == [0])
  }

  @Test("no tokens have no loss")
  func empty() {
    let outcome = SupervisedLoss().evaluate(SupervisedTokens(logProbabilities: []))
    #expect(outcome.values.isEmpty && outcome.byLogProbability.isEmpty)
  }

  @Test("what a loss needs and was not given is a programming error")
  func missingColumns() async {
    await #expect(processExitsWith: .failure) {
      _ = SupervisedLoss(labelSmoothing: 0.1).evaluate(SupervisedTokens(logProbabilities: [-1]))
    }
    await #expect(processExitsWith: .failure) {
      _ = SupervisedLoss(lengthPenalty: 0.1).evaluate(SupervisedTokens(logProbabilities: [-1]))
    }
    await #expect(processExitsWith: .failure) {
      _ = SupervisedLoss(repetitionPenalty: 0.1).evaluate(SupervisedTokens(logProbabilities: [-1]))
    }
    await #expect(processExitsWith: .failure) {
      _ = SupervisedLoss(labelSmoothing: 0.1, kind: .dynamic)
    }
  }
}

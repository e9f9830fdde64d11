@testable import AnnotationStore
import Foundation
import PreferenceData
import Testing

@Suite("What judgments come to")
struct AggregationTests {
  /// Judgments of tasks whose truth is known: everybody is right with a probability of his own.
  private struct Votes {
    var truths: [Bool] = []
    var judgments: [RecordedJudgment] = []

    init(tasks: Int, overlap: Int, accuracies: [Double], seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      for task in 0..<tasks {
        truths.append(random.unit() < 0.5)
        for person in random.permutation(of: accuracies.count).prefix(overlap) {
          let isRight = random.unit() < accuracies[person]
          judgments.append(
            RecordedJudgment(
              id: Int64(judgments.count), task: Int64(task), person: Int64(person),
              verdict: .prefers(truths[task] == isRight ? 0 : 1, strength: 1)))
        }
      }
    }

    func accuracy(_ method: Aggregation.Method) -> Double {
      let pairs = Aggregation(judgments, method: method).pairs
      let right = truths.enumerated().reduce(0.0) { sum, item in
        guard let first = pairs[Int64(item.offset)]?.firstIsBetter, first != 0.5 else {
          return sum + 0.5
        }
        return sum + ((first > 0.5) == item.element ? 1 : 0)
      }
      return right / Double(truths.count)
    }
  }

  @Test(
    "with a third of the annotators guessing, the model finds more of the truth than votes do",
    arguments: 0..<5)
  func sloppy(seed: UInt64) {
    let votes = Votes(
      tasks: 600, overlap: 3, accuracies: (0..<15).map { $0 % 3 == 0 ? 0.5 : 0.85 }, seed: seed)
    #expect(votes.accuracy(.dawidSkene) > votes.accuracy(.votes) + 0.02)
    let reliability = Aggregation(votes.judgments, method: .dawidSkene).reliability
    let guessing = (0..<15).filter { $0 % 3 == 0 }.compactMap { reliability[Int64($0)] }
    let careful = (0..<15).filter { $0 % 3 != 0 }.compactMap { reliability[Int64($0)] }
    #expect((guessing.max() ?? 1) < (careful.min() ?? 0))
  }

  @Test("which response stands first makes no difference", arguments: Aggregation.Method.allCases)
  func symmetry(method: Aggregation.Method) {
    let votes = Votes(tasks: 60, overlap: 3, accuracies: [0.9, 0.6, 0.8, 0.5, 0.7], seed: 3)
    // Every third task is turned round.
    let turned = votes.judgments.map { judgment in
      judgment.task % 3 == 0
        ? RecordedJudgment(
          id: judgment.id, task: judgment.task, person: judgment.person,
          verdict: judgment.answer.verdict.rearranged([1, 0])) : judgment
    }
    let (one, two) = (
      Aggregation(votes.judgments, method: method), Aggregation(turned, method: method)
    )
    for (task, pair) in one.pairs {
      let other = two.pairs[task]?.firstIsBetter ?? -1
      #expect(abs((pair.firstIsBetter ?? -2) - (task % 3 == 0 ? 1 - other : other)) < 1e-6)
    }
  }

  @Test("shares of votes, worked by hand")
  func shares() throws {
    let verdicts: [Verdict] = [
      .prefers(0, strength: 3), .prefers(0, strength: 1), .prefers(1, strength: 1), .tie,
    ]
    let judgments = verdicts.enumerated().map {
      RecordedJudgment(id: Int64($0), task: 7, person: Int64($0), verdict: $1)
    }
    let pair = try #require(Aggregation(judgments, method: .votes).pairs[7])
    #expect(pair.probabilities == [0.5, 0.25, 0.25, 0])
    #expect(pair.votes == [2, 1, 1, 0] && pair.label == .first)
    #expect(pair.firstIsBetter == 2.0 / 3)
    // Two against two decide nothing.
    let even = try #require(Aggregation(Array(judgments[1...2]), method: .votes).pairs[7])
    #expect(even.label == nil)
  }
}

extension RecordedJudgment {
  /// A judgment of which nothing but the verdict matters.
  fileprivate init(id: Int64, task: Int64, person: Int64, verdict: Verdict) {
    self.init(
      id: id, task: task, person: person, round: 1,
      answer: Answer(verdict, activeSeconds: 60, wallSeconds: 60), shownOrder: [0, 1],
      orderSeed: 0, guidelineVersion: 1, confidence: 1, failed: [], createdAt: .distantPast)
  }
}

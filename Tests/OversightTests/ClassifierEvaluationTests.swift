import Foundation
import PreferenceData
import Testing

@testable import Oversight

@Suite("What a classifier is worth")
struct ClassifierEvaluationTests {
  private static let lexicon = Lexicon(phrases: ["bad"])
  private static let rows: [(text: String, isHarmful: Bool, probability: Double)] = [
    ("bad one", true, 0.9), ("bad two", true, 0.4), ("good three", true, 0.8),
    ("bad four", false, 0.7), ("good five", false, 0.2), ("good six", false, 0.1),
  ]

  private func evaluation(
    _ rows: [(text: String, isHarmful: Bool, probability: Double)] = rows, seed: UInt64 = 0
  ) throws -> ClassifierEvaluation {
    try ClassifierEvaluation(
      of: rows.map {
        ClassifierVerdict(
          probabilities: [0, $0.probability], positives: [false, $0.probability >= 0.6])
      },
      labels: [.init(name: "other", threshold: 0.5), .init(name: "harmful", threshold: 0.6)],
      on: LabelledTexts(
        rows.map {
          LabelledText(
            $0.text, labels: ["harmful": $0.isHarmful], source: SourceLocation(file: "f", line: 1))
        }), lexicon: Self.lexicon, rounds: 50, seed: seed)
  }

  @Test("numbers worked by hand")
  func numbers() throws {
    let label = try #require(try evaluation().labels.first)
    #expect(label.label == "harmful" && label.texts == 6 && label.positives == 3)
    // Of the nine pairs 0.4 is below 0.7 in one: 8/9. Precision is 1, 1, 3/4 where recall rises.
    let ranking = try #require(label.ranking)
    #expect(abs(ranking.rocAUC.value - 8.0 / 9) < 1e-12)
    #expect(abs(ranking.averagePrecision - (1 + 1 + 0.75) / 3) < 1e-12)
    // Positive are 0.9, 0.8 and 0.7: two of three right.
    #expect(label.verdicts.truePositives == 2 && label.verdicts.falsePositives == 1)
    #expect(label.verdicts.precision?.value == 2.0 / 3 && label.verdicts.recall?.value == 2.0 / 3)
    #expect(label.verdicts.falsePositiveRate?.value == 1.0 / 3)
    #expect(abs(try #require(label.verdicts.f1) - 2.0 / 3) < 1e-12)
    // Wilson's interval of 2 of 3.
    #expect(abs(try #require(label.verdicts.recall?.lower) - 0.2077) < 1e-4)
    let squares = [0.01, 0.36, 0.04, 0.49, 0.04, 0.01]
    #expect(abs(label.brier - squares.reduce(0, +) / 6) < 1e-12)
    // Confidences 0.9, 0.9 right; 0.6 wrong; 0.8, 0.8 right; 0.7 wrong, each value a bin.
    #expect(abs(label.expectedCalibrationError - (0.2 + 0.6 + 0.4 + 0.7) / 6) < 1e-12)
    let words = try #require(label.lexicon)
    // Two of three harmful texts match and one of three others: 2/3·2/3 + ½(2/3·1/3 + 1/3·2/3).
    #expect(abs(words.ranking.rocAUC.value - 2.0 / 3) < 1e-12)
    #expect(words.verdicts.truePositives == 2 && words.verdicts.falsePositives == 1)
    #expect(abs(words.rocAUCDifference.value - (8.0 / 9 - 2.0 / 3)) < 1e-12)
    let lower = try #require(words.rocAUCDifference.lower)
    #expect(lower <= words.rocAUCDifference.value)
  }

  @Test("labels of one side have no ranking and no baseline, but counts")
  func oneSide() throws {
    let label = try evaluation(Self.rows.filter(\.isHarmful)).labels[0]
    #expect(label.ranking == nil && label.lexicon == nil)
    #expect(label.verdicts.falsePositiveRate == nil && label.verdicts.recall?.value == 2.0 / 3)
  }

  @Test("the result is read as it was written, in snake case")
  func coding() throws {
    let evaluation = try evaluation()
    let data = try evaluation.encoded()
    let text = String(decoding: data, as: UTF8.self)
    for name in [
      "roc_auc", "average_precision_difference", "roc_auc_difference", "false_positive_rate",
    ] {
      #expect(text.contains("\"\(name)\""), "\(name)")
    }
    #expect(try ClassifierEvaluation(decoding: data) == evaluation)
  }

  @Test("draws depend on the seed, and texts without the labels are refused")
  func seedAndLabels() throws {
    #expect(try evaluation(seed: 0) == evaluation(seed: 0))
    #expect(
      try evaluation(seed: 0).labels[0].lexicon?.rocAUCDifference
        != evaluation(seed: 1).labels[0].lexicon?.rocAUCDifference)
    let texts = LabelledTexts([
      LabelledText("a", labels: ["sad": true], source: SourceLocation(file: "f", line: 1))
    ])
    #expect(throws: ClassifierError.unknownLabel("x", known: ["sad"])) {
      try ClassifierEvaluation(
        of: [ClassifierVerdict(probabilities: [0], positives: [false])],
        labels: [.init(name: "x", threshold: 0.5)], on: texts)
    }
  }
}

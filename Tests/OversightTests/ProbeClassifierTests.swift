import Foundation
import PreferenceData
import Testing

@testable import Oversight

@Suite("Classifiers of hidden states")
struct ProbeClassifierTests {
  private static let texts = TextClassifierTests.texts(80)
  /// The second number tells the label, in units that differ from the first's by a thousand.
  private static let vectors = texts.texts.enumerated().map { number, text in
    [
      1000 * Double(number % 7),
      (text.labels["coloured"] == true ? 0.1 : -0.1)
        + 0.02 * Double(number % 5), 3,
    ]
  }

  private func probe() throws -> ProbeClassifier {
    try ProbeClassifier(
      Self.texts, vectors: Self.vectors, labels: ["coloured"], model: "m",
      training: ClassifierTraining(penalty: .given(1e-3)))
  }

  @Test("a direction is learnt, whatever the units of the numbers")
  func learning() throws {
    let probe = try probe()
    #expect(probe.width == 3 && probe.model == "m")
    let verdicts = try probe.verdicts(of: [[3000, 0.14, 3], [3000, -0.06, 3]])
    #expect(verdicts.map(\.positives) == [[true], [false]])
    #expect(try probe.verdicts(of: []).isEmpty)
    // Other units are the same probe, but for float32.
    let scaled = try ProbeClassifier(
      Self.texts, vectors: Self.vectors.map { [$0[0] / 64, $0[1] * 1024, $0[2]] },
      labels: ["coloured"], model: "m", training: ClassifierTraining(penalty: .given(1e-3)))
    let again = try scaled.verdicts(of: [[3000 / 64, 0.14 * 1024, 3]])
    #expect(abs(again[0].probabilities[0] - verdicts[0].probabilities[0]) < 1e-4)
  }

  @Test("vectors of another model are refused, with a sentence")
  func refused() throws {
    let probe = try probe()
    #expect(throws: ClassifierError.otherWidth(seen: 2, known: 3)) {
      try probe.verdicts(of: [[1, 2]])
    }
    #expect(throws: ClassifierError.notFinite(text: 2)) {
      try probe.verdicts(of: [[1, 2, 3], [1, .nan, 3]])
    }
    #expect(
      ClassifierError.otherWidth(seen: 2, known: 3).description
        == "the model gives vectors of 2 numbers, and the classifier has learnt from 3; give the "
        + "model that it was trained on")
    #expect(
      ClassifierError.notFinite(text: 2).description
        == "the hidden state of text 2 is not finite; the model may be broken")
  }
}

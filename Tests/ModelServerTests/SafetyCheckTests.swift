import Foundation
import ModelServer
import Oversight
import PreferenceData
import Testing

@Suite("Safety checks of saved classifiers")
struct SafetyCheckTests {
  private static let training = ClassifierTraining(penalty: .given(1e-3))

  /// Texts of which those about a bomb are bad, and those about cats are about cats.
  private static let texts = LabelledTexts(
    (0..<80).map { number in
      LabelledText(
        "The \(number.isMultiple(of: 2) ? "bomb" : "cake") of \(number % 3 == 0 ? "a cat" : "a dog") \(number)",
        labels: ["bad": number.isMultiple(of: 2), "cat": number % 3 == 0],
        source: SourceLocation(file: "f", line: number + 1))
    })

  private func text(
    _ labels: [String], lexicons: [Lexicon] = [], use: TextClassifier.LexiconUse = .feature
  ) throws -> SavedClassifier {
    .text(
      try TextClassifier(
        Self.texts, labels: labels,
        features: TextFeatures(hashed: HashedText(buckets: 1 << 10), lexicons: lexicons),
        lexiconUse: use, training: Self.training))
  }

  private func check(
    _ classifier: SavedClassifier, label: String? = nil, threshold: Double? = nil
  ) throws(SafetyPolicyError) -> SafetyCheck {
    try SafetyCheck(
      classifier, as: .init(path: "c/harm", label: label, threshold: threshold), named: "c/harm"
    ) { _, _ in [] }
  }

  @Test("a label's probability and the classifier's own threshold")
  func own() async throws {
    let check = try check(text(["bad", "cat"]), label: "bad")
    #expect(check.name == "bad" && check.reads == .answer)
    let readings = try await check.readings(["The bomb of a dog 1", "The cake of a cat 2"])
    #expect(readings[0].probability > 0.5 && readings[1].probability < 0.5)
    #expect(readings.map(\.isPositive) == [true, false])
    let cats = try await self.check(text(["bad", "cat"]), label: "cat").readings([
      "The cake of a cat 2"
    ])
    #expect(cats[0].isPositive)
  }

  @Test("the policy's threshold replaces the classifier's, and leaves a floor of words where it is")
  func threshold() async throws {
    let sentence = ["The bomb of a dog 1"]
    let classifier = try text(["bad"])
    #expect(try await check(classifier, threshold: 1).readings(sentence)[0].isPositive == false)
    #expect(
      try await check(classifier, threshold: 1e-9).readings(["The cake of a cat"])[0].isPositive)
    let floor = try text(["bad"], lexicons: [Lexicon(phrases: ["arsenic"])], use: .floor)
    let found = try await check(floor, threshold: 1).readings(["arsenic cake", sentence[0]])
    #expect(found.map(\.isPositive) == [true, false] && found[0].matches == ["arsenic"])
    // As a feature, a word alone decides nothing.
    let feature = try text(["bad"], lexicons: [Lexicon(phrases: ["arsenic"])])
    #expect(
      try await check(feature, threshold: 1).readings(["arsenic cake"])[0].isPositive == false)
  }

  @Test("a probe reads the hidden states of the model that it was trained on")
  func probe() async throws {
    let vectors = Self.texts.texts.map { [$0.labels["bad"] == true ? 1.0 : -1, 0.5] }
    let probe = try ProbeClassifier(
      Self.texts, vectors: vectors, labels: ["bad"], model: "tiny", training: Self.training)
    let check = try SafetyCheck(.probe(probe), as: .init(path: "p"), named: "p") { model, texts in
      texts.map { [model == "tiny" && $0 == "evil" ? 1 : -1, 0.5] }
    }
    let readings = try await check.readings(["evil", "good"])
    #expect(readings.map(\.isPositive) == [true, false])
  }

  @Test("labels that are not there, or not told apart, are a sentence")
  func labels() throws {
    let classifier = try text(["bad", "cat"])
    #expect(throws: SafetyPolicyError.severalLabels(["bad", "cat"], path: "c/harm")) {
      try check(classifier)
    }
    #expect(
      SafetyPolicyError.severalLabels(["bad", "cat"], path: "c/harm").description
        == "c/harm: there are the labels 'bad', 'cat'; say with 'label' which of them is bad")
    #expect(
      throws: SafetyPolicyError.unknownLabel("rude", known: ["bad", "cat"], path: "c/harm")
    ) { try check(classifier, label: "rude") }
    #expect(
      SafetyPolicyError.unknownLabel("rude", known: ["bad", "cat"], path: "c/harm").description
        == "c/harm: there is no label 'rude'; there is 'bad', 'cat'")
  }

  @Test("a path is counted from the policy's folder, unless it begins at the root")
  func paths() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("attune-safety-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try text(["bad"]).save(in: "\(folder)/harm")
    for (path, from) in [("harm", folder), ("\(folder)/harm", "elsewhere")] {
      let check = try SafetyCheck(of: .init(path: path), folder: from) { _, _ in [] }
      #expect(try await check.readings(["The bomb of a dog 1"])[0].isPositive)
    }
    #expect(throws: ClassifierError.missing(directory: "\(folder)/none")) {
      try SafetyCheck(of: .init(path: "none"), folder: folder) { _, _ in [] }
    }
  }
}

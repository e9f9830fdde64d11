import Foundation
import PreferenceData
import Testing

@testable import Oversight

@Suite("Classifiers of texts")
struct TextClassifierTests {
  private static let features = TextFeatures(hashed: HashedText(buckets: 1 << 12))

  /// Texts of which those with a colour in them are positive.
  static func texts(_ count: Int, positive: Int = 2) -> LabelledTexts {
    let colours = ["red", "green", "blue", "yellow", "violet"]
    let animals = ["dog", "cat", "cow", "horse", "mouse", "fox", "owl"]
    return LabelledTexts(
      (0..<count).map { number in
        let isColoured = number % positive == 0
        let first = isColoured ? colours[number / positive % 5] : "old"
        return LabelledText(
          "The \(first) \(animals[number % 7]) number \(number) sleeps",
          labels: ["coloured": isColoured, "late": number >= count / 2],
          source: SourceLocation(file: "f", line: number + 1))
      })
  }

  private func classifier(
    _ texts: LabelledTexts, lexicons: [Lexicon] = [],
    use: TextClassifier.LexiconUse = .feature,
    _ training: ClassifierTraining = ClassifierTraining(penalty: .given(1e-3))
  ) throws -> TextClassifier {
    try TextClassifier(
      texts, labels: ["coloured"],
      features: TextFeatures(hashed: Self.features.hashed, lexicons: lexicons), lexiconUse: use,
      training: training)
  }

  @Test("what tells the labels apart is learnt, and one verdict a text is given in order")
  func learning() throws {
    let classifier = try classifier(Self.texts(120))
    let verdicts = classifier.verdicts(of: ["a green dog", "an old dog", "gr33n"])
    #expect(verdicts.map(\.positives) == [[true], [false], [true]])
    for verdict in verdicts {
      #expect(
        verdict.positives[0] == (verdict.probabilities[0] >= classifier.labels[0].head.threshold))
    }
    // More than one part, so that order matters.
    let many = (0..<600).map { $0 % 3 == 0 ? "a blue cow" : "an old cow" }
    #expect(
      classifier.verdicts(of: many).map { $0.positives[0] } == (0..<600).map { $0 % 3 == 0 })
    #expect(classifier.verdicts(of: []).isEmpty)
  }

  @Test("all labels are learnt where none are named, and unknown ones are refused")
  func labels() throws {
    let texts = Self.texts(60)
    let all = try TextClassifier(
      texts, features: Self.features, training: ClassifierTraining(penalty: .given(1e-3)))
    #expect(all.labels.map(\.name) == ["coloured", "late"])
    #expect(all.verdicts(of: ["x"])[0].probabilities.count == 2)
    #expect(throws: ClassifierError.unknownLabel("sad", known: ["coloured", "late"])) {
      try TextClassifier(texts, labels: ["sad"], features: Self.features)
    }
    let few = LabelledTexts(Array(texts.texts.prefix(3)))
    #expect(throws: ClassifierError.tooFewPrompts(label: "late", positive: 0, negative: 3)) {
      try TextClassifier(few, labels: ["late"], features: Self.features)
    }
    #expect(
      ClassifierError.tooFewPrompts(label: "late", positive: 0, negative: 3).description
        == "the label 'late' is true of texts of 0 prompts and false of texts of 3; at least 2 of "
        + "each are needed, so that what is learnt can be checked")
  }

  @Test("the penalty is the one among those given that held-out texts like best")
  func penalty() throws {
    let facts = try classifier(
      Self.texts(60), ClassifierTraining(penalty: .crossValidated([10, 1e-3]))
    ).labels[0].facts
    #expect(facts.candidates.map(\.l2) == [10, 1e-3] && facts.l2 == 1e-3)
    #expect(facts.candidates[1].heldOutLoss < facts.candidates[0].heldOutLoss)
    #expect(facts.texts == 60 && facts.positives == 30 && facts.folds == 5 && facts.groups == 60)
  }

  @Test("weights that balance the sides move the log odds, and calibration moves them back")
  func weighting() throws {
    let texts = Self.texts(200, positive: 10)
    func trained(_ weighting: ClassifierTraining.Weighting) throws -> TextClassifier {
      try classifier(texts, ClassifierTraining(penalty: .given(1e-1), weighting: weighting))
    }
    let (equal, balanced) = (try trained(.equal), try trained(.balanced))
    func constant(_ classifier: TextClassifier) -> Float { classifier.labels[0].weights.last ?? 0 }
    #expect(constant(equal) < -1.5 && constant(balanced) > -1.2)
    for classifier in [equal, balanced] {
      let mean =
        classifier.verdicts(of: texts.texts.map(\.text)).reduce(0) { $0 + $1.probabilities[0] }
        / 200
      #expect(abs(mean - 0.1) < 0.05, "\(mean)")
    }
  }

  @Test("the same seed gives the same classifier, and another one other folds")
  func seed() throws {
    let texts = Self.texts(60)
    func trained(_ seed: UInt64) throws -> TextClassifier {
      try classifier(texts, ClassifierTraining(penalty: .given(1e-2), seed: seed))
    }
    #expect(try trained(3) == trained(3))
    #expect(try trained(3).labels[0].head != trained(4).labels[0].head)
  }

  @Test("a lexicon is a feature, 1 + log of its matches, and as a floor it decides")
  func lexicon() throws {
    let lexicon = Lexicon(phrases: ["tree"], allowed: ["tree house"])
    let features = TextFeatures(hashed: HashedText(buckets: 16), lexicons: [lexicon])
    let vector = features.vector(of: "tree, tree and tree house")
    #expect(vector.places.last == 16 && abs((vector.values.last ?? 0) - (1 + log(2.0))) < 1e-12)
    #expect(features.vector(of: "a tree house").places.last != 16)
    #expect(lexicon.score(of: "tree, tree") == 1 + log(2.0) && lexicon.score(of: "a") == 0)

    let floor = try classifier(Self.texts(60), lexicons: [lexicon], use: .floor)
    let plain = try classifier(Self.texts(60), lexicons: [lexicon])
    #expect(floor.verdicts(of: ["an old tree"])[0].positives == [true])
    #expect(floor.verdicts(of: ["an old tree"])[0].matches == ["tree"])
    #expect(plain.verdicts(of: ["an old tree"])[0].positives == [false])
    #expect(floor.verdicts(of: ["an old tree house"])[0].matches.isEmpty)
    #expect(floor.verdicts(of: ["an old dog"])[0].positives == [false])
  }

  @Test("folds keep groups whole, and each has some of the positive ones")
  func folds() {
    let groups = (0..<50).map { "g\($0 / 2)" }
    let positives = (0..<50).map { $0 < 10 }
    let folds = GroupedFolds(groups: groups, positives: positives, count: 5, seed: 0)
    #expect(folds.count == 5)
    for row in stride(from: 0, to: 50, by: 2) { #expect(folds.fold[row] == folds.fold[row + 1]) }
    for part in 0..<5 {
      #expect(folds.fold.count { $0 == part } == 10)
      #expect(folds.fold.prefix(10).count { $0 == part } == 2)
    }
    #expect(
      GroupedFolds(groups: groups, positives: positives, count: 5, seed: 1).fold != folds.fold)
  }

  @Test("the list of harm finds what it is for, and lets harmless uses pass")
  func harm() {
    for text in ["How do I build a pipe bomb?", "I want to k1ll him", "where to buy C O C A I N E"]
    {
      #expect(Lexicon.harm.score(of: text) > 0, "\(text)")
    }
    for text in ["How do I kill time?", "a suicide hotline", "my skill grows", "a bath bomb"] {
      #expect(Lexicon.harm.score(of: text) == 0, "\(text)")
    }
  }
}

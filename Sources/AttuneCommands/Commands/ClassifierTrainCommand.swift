public import ArgumentParser
import ConfigurationFiles
import Foundation
public import Oversight
import Pipelines
import PreferenceData
import RunRecords

/// `attune classifier train`: a classifier of texts from labels.
struct ClassifierTrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a classifier of texts on your labels, and test it on others.",
    discussion: """
      Learns from rows {"text", "label": true | false | "name"} or {"text", "labels": {...} | [...]}, \
      from {"prompt", "completion", "label"} (true is desirable, and so not harmful), from preference \
      pairs (the rejected side is harmful: a weak label), and from the published \
      HarmfulVsEthical.jsonl. Without --model it reads words and letters, and needs nothing else; \
      with --model the hidden states of a language model.

      Prompts are on one side of each split. The penalty is chosen, probabilities are calibrated and \
      the threshold is set on parts that are held out in turn; what is printed comes from texts that \
      had no part in any of this, beside a list of words.
      """)

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Labelled texts: .jsonl, .json or .csv, each perhaps with .gz.", valueName: "file"))
  var data: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Labelled texts to test on.", valueName: "file"))
  var test: [String] = []

  @Option(
    help: ArgumentHelp(
      "The part of the data to test on, whole prompts of it (default: 0.2; with --test nothing).",
      valueName: "share"))
  var testShare: Double?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Labels to learn; the first is what labels without a name are called (default: all; harmful).",
      valueName: "name"))
  var label: [String] = []

  @Option(
    help: ArgumentHelp(
      "YAML or JSON with phrases, and allowed ones, that are a feature and the list compared with "
        + "(default: a short list of harm).", valueName: "file"))
  var lexicon: String?

  @Flag(help: "Let a match of the lexicon make the verdict positive whatever the probability.")
  var lexiconFloor = false

  @Option(
    help: ArgumentHelp(
      "Language model whose hidden states are read, not words.", valueName: "directory"))
  var model: String?

  @Option(
    help: ArgumentHelp(
      "The share of the texts without a label that may be said to have it.", valueName: "share"))
  var targetFpr = 0.05

  @Option(help: "How much the two sides of a label count: each text the same, or each side.")
  var weighting = ClassifierTraining.Weighting.equal

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Penalty of the weights; of several the best on held-out parts (default: 0.01, 0.001, 0.0001).",
      valueName: "number"))
  var l2: [Double] = []

  @Option(help: ArgumentHelp("What splits and draws depend on.", valueName: "number"))
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "Directory for classifier.json, weights.bin and evaluation.json.", valueName: "directory"))
  var out: String

  @Flag(help: "Replace a classifier in --out.")
  var overwrite = false

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    if data.isEmpty { throw ValidationError("Missing expected argument '--data <file>'") }
    if !test.isEmpty, testShare != nil {
      throw ValidationError("give '--test' or '--test-share', one of the two")
    }
    for (name, share) in [("--test-share", testShare ?? 0.2), ("--target-fpr", targetFpr)]
    where !(share > 0 && share < 1) {
      throw ValidationError("'\(name)' is \(share), but must be above 0 and below 1.")
    }
    for number in l2 where !(number > 0 && number.isFinite) {
      throw ValidationError("'--l2' is \(number), but must be above 0.")
    }
    if model != nil, lexicon != nil || lexiconFloor {
      throw ValidationError(
        "'--lexicon' and '--lexicon-floor' are about words, and '--model' reads hidden states")
    }
    if lexiconFloor, label.count > 1 {
      throw ValidationError("'--lexicon-floor' is about one label; give one '--label'")
    }
  }

  func run() throws {
    try PipelineFailure.reporting {
      // First, so that what cannot be written does not cost the time of training.
      guard overwrite || !SavedClassifier.exists(in: out) else {
        throw Failure(
          .usage, "\(out)/classifier.json exists; give --overwrite to replace it, or another --out")
      }
      let words = try lexicon.map { path in
        try YAMLDocument(contentsOf: path).decode(Lexicon.self)
      }
      let (training, tested) = try texts()
      let labels = label.isEmpty ? training.labels : label
      if lexiconFloor, labels.count > 1 {
        throw ValidationError(
          "'--lexicon-floor' is about one label, and the data has \(labels.joined(separator: ", ")); "
            + "give one '--label'")
      }
      let start = ContinuousClock.now
      let view = EvaluationView()
      let (classifier, verdicts) = try classifier(
        of: labels, lexicon: words ?? .harm, training, tested, view)
      view.finish()
      let evaluation = try ClassifierEvaluation(
        of: verdicts, labels: classifier.labels.evaluated, on: tested, lexicon: words ?? .harm,
        seed: seed)
      try classifier.save(in: out, overwriting: overwrite)
      try AtomicFile.write(evaluation.encoded() + Data("\n".utf8), to: "\(out)/evaluation.json")
      let tables = ClassifierTables(evaluation, trained: classifier.labels)
      StandardStream.output.writeLine(tables.rendered())
      view.note(
        "the classifier is in \(out), made of \(training.texts.count) texts in "
          + NumberText.clock(ContinuousClock.now - start))
      if json { StandardStream.output.writeLine(try tables.report(of: out).line) }
    }
  }

  /// What is trained on, and what is tested on.
  private func texts() throws -> (training: LabelledTexts, test: LabelledTexts) {
    let name = label.first ?? "harmful"
    let all = try LabelledTexts.read(data, label: name)
    for line in all.dropped.description.split(separator: "\n") {
      StandardStream.error.writeLine("attune: left out \(line)")
    }
    guard test.isEmpty else { return (all, try LabelledTexts.read(test, label: name)) }
    return all.split(testShare: testShare ?? 0.2, seed: seed)
  }

  private func classifier(
    of labels: [String], lexicon: Lexicon, _ training: LabelledTexts, _ tested: LabelledTexts,
    _ view: EvaluationView
  ) throws -> (SavedClassifier, [ClassifierVerdict]) {
    var settings = ClassifierTraining(
      weighting: weighting, targetFalsePositiveRate: targetFpr, seed: seed)
    if !l2.isEmpty { settings.penalty = l2.count == 1 ? .given(l2[0]) : .crossValidated(l2) }
    guard let model else {
      let classifier = try TextClassifier(
        training, labels: labels, features: TextFeatures(lexicons: [lexicon]),
        lexiconUse: lexiconFloor ? .floor : .feature, training: settings)
      return (.text(classifier), classifier.verdicts(of: tested.texts.map(\.text)))
    }
    let encoder = try HiddenStateEncoder(directory: model)
    let all = training.texts + tested.texts
    let vectors = try encoder.vectors(of: all.map(\.text)) { done in
      try view.show(.init(activity: "reading", done: done, total: all.count))
    }
    let probe = try ProbeClassifier(
      training, vectors: Array(vectors.prefix(training.texts.count)), labels: labels,
      model: URL(filePath: model).standardizedFileURL.path, training: settings)
    return (
      .probe(probe), try probe.verdicts(of: Array(vectors.dropFirst(training.texts.count)))
    )
  }
}

extension ClassifierTraining.Weighting: ExpressibleByArgument {}

import Foundation
import Testing
import TorchEngine

@Suite("attune classifier")
struct ClassifierCommandTests {
  private let folder: TestFolder
  private let model = RepositoryFile.recorded.appending(path: "model").path

  init() throws { folder = try TestFolder() }

  private func classifier(_ arguments: String...) throws -> Invocation {
    try Invocation(["classifier"] + arguments, in: folder)
  }

  /// Texts of which those with a colour in them are true, `count` prompts of them.
  private func writeTexts(_ name: String, count: Int = 60) throws {
    let colours = ["red", "green", "blue"]
    let animals = ["dog", "cat", "cow", "horse", "owl"]
    let rows = (0..<count).map { number in
      let first = number % 2 == 0 ? colours[number / 2 % 3] : "old"
      return
        "{\"text\":\"The \(first) \(animals[number % 5]) number \(number)\",\"label\":\(number % 2 == 0)}\n"
    }
    try folder.write(rows.joined(), to: name)
  }

  @discardableResult
  private func train(_ arguments: String...) throws -> Invocation {
    try Invocation(
      ["classifier", "train", "--data", "texts.jsonl", "--l2", "0.001", "--out", "c"] + arguments,
      in: folder)
  }

  @Test("train, evaluate, apply")
  func wholeWay() throws {
    try writeTexts("texts.jsonl")
    let run = try train("--label", "coloured", "--json")
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.hasPrefix("coloured: 12 texts, of which it is true of "), "\(run.output)")
    #expect(run.output.contains("\nROC-AUC "))
    #expect(run.error.contains("attune: the classifier is in c, made of 48 texts in "))
    #expect(try folder.names("c") == ["classifier.json", "evaluation.json", "weights.bin"])
    let report = try run.report()
    let made = (report["training"] as? [String: Any])?["coloured"] as? [String: Any]
    #expect(made?["texts"] as? Int == 48 && made?["l2"] as? Double == 0.001)
    let labels = (report["evaluation"] as? [String: Any])?["labels"] as? [[String: Any]]
    #expect(labels?.first?["texts"] as? Int == 12)

    try writeTexts("others.jsonl", count: 20)
    let measured = try classifier(
      "evaluate", "--classifier", "c", "--data", "others.jsonl", "--out", "e.json", "--json")
    #expect(measured.status == 0, "\(measured.error)")
    #expect(measured.output.hasPrefix("coloured: 20 texts, of which it is true of 10\n"))
    #expect(try folder.text("e.json").contains("\"roc_auc\""))

    try folder.write(
      "{\"text\":\"a green cow\"}\n{\"text\":\" \"}\n{\"text\":\"an old cow\"}\n", to: "new.jsonl")
    let applied = try classifier(
      "apply", "--classifier", "c", "--data", "new.jsonl", "--out", "v.jsonl", "--json")
    #expect(applied.status == 0, "\(applied.error)")
    let rows = try folder.rows("v.jsonl")
    #expect(rows.map { $0["line"] as? Int } == [1, 2, 3])
    #expect(rows.map { $0["labels"] as? [String] } == [["coloured"], nil, []])
    #expect(rows[1]["probabilities"] is NSNull)
    #expect(rows[1]["reason"] as? String == "the text is empty")
    let summary = try applied.report()
    #expect(summary["texts"] as? Int == 2)
    #expect((summary["positives"] as? [String: Any])?["coloured"] as? Int == 1)
    #expect(applied.error.contains("attune: 2 texts, of which 1 coloured; "))

    let one = try classifier("apply", "--classifier", "c", "--text", "a blue owl")
    #expect(one.status == 0 && one.output.contains("\"labels\": [\"coloured\"]"), "\(one.output)")
  }

  @Test("options change what they say")
  func options() throws {
    try writeTexts("texts.jsonl")
    func training(_ arguments: String...) throws -> [String: Any] {
      let run = try Invocation(
        ["classifier", "train", "--data", "texts.jsonl", "--out", "c", "--overwrite", "--json"]
          + arguments, in: folder)
      #expect(run.status == 0, "\(run.error)")
      let training = try run.report()["training"] as? [String: Any]
      return try #require(training?["harmful"] as? [String: Any])
    }
    #expect(try training("--l2", "0.01", "0.001")["l2"] as? Double == 0.001)
    #expect(try training("--test-share", "0.5")["texts"] as? Int == 30)
    #expect(try training("--weighting", "balanced")["weighting"] as? String == "balanced")
    #expect(try training("--seed", "7")["seed"] as? Int == 7)
    try writeTexts("others.jsonl", count: 20)
    #expect(try training("--test", "others.jsonl")["texts"] as? Int == 60)
    _ = try training("--target-fpr", "0.2")
    #expect(try folder.text("c/classifier.json").contains("\"target_false_positive_rate\" : 0.2"))

    try folder.write("phrases: [old]\nallowed: [old cow]\n", to: "words.yaml")
    _ = try training("--lexicon", "words.yaml", "--lexicon-floor")
    func verdict(_ text: String) throws -> String {
      try classifier("apply", "--classifier", "c", "--text", text).output
    }
    #expect(try verdict("an old owl").contains("\"labels\": [\"harmful\"], \"matches\": [\"old\"]"))
    #expect(try !verdict("an old cow").contains("matches"))
  }

  @Test(
    "wrong usage",
    arguments: [
      (["train", "--out", "c"], "Missing expected argument '--data <file>'"),
      (
        ["train", "--data", "a", "--out", "c", "--test", "b", "--test-share", "0.1"],
        "give '--test' or '--test-share', one of the two"
      ),
      (
        ["train", "--data", "a", "--out", "c", "--target-fpr", "1"],
        "'--target-fpr' is 1.0, but must be above 0 and below 1."
      ),
      (["train", "--data", "a", "--out", "c", "--l2", "0"], "'--l2' is 0.0, but must be above 0."),
      (
        ["train", "--data", "a", "--out", "c", "--model", "m", "--lexicon-floor"],
        "'--lexicon' and '--lexicon-floor' are about words, and '--model' reads hidden states"
      ),
      (
        ["train", "--data", "a", "--out", "c", "--lexicon-floor", "--label", "x", "y"],
        "'--lexicon-floor' is about one label; give one '--label'"
      ),
      (["evaluate", "--data", "a"], "give '--classifier', or '--model' for a checkpoint"),
      (["evaluate", "--classifier", "c"], "Missing expected argument '--data <file>'"),
      (["apply", "--classifier", "c"], "give '--data' or '--text', one of the two"),
      (["apply", "--classifier", "c", "--text", " "], "'--text' is empty; give a text"),
      (
        ["apply", "--classifier", "c", "--text", "a", "--json"],
        "'--json' is about '--out'; without it the rows are on standard output"
      ),
    ])
  func usage(arguments: [String], message: String) throws {
    let run = try Invocation(["classifier"] + arguments, in: folder)
    #expect(run.status == 64 && run.error.contains(message), "\(run.error)")
  }

  @Test("a classifier is not replaced unasked, and bad data is 65")
  func refused() throws {
    try writeTexts("texts.jsonl")
    #expect(try train().status == 0)
    let again = try train()
    #expect(again.status == 64)
    #expect(
      again.error.contains(
        "c/classifier.json exists; give --overwrite to replace it, or another --out"))
    #expect(try train("--overwrite").status == 0)
    let unknown = try train("--overwrite", "--label", "x", "--label", "y")
    #expect(unknown.status == 64)
    #expect(unknown.error.contains("no text has the label 'y'; there are x"), "\(unknown.error)")
    let missing = try classifier("apply", "--classifier", "none", "--text", "a")
    #expect(missing.status == 65 && missing.error.contains("there is no classifier.json"))
    let model = try classifier(
      "apply", "--classifier", "c", "--model", "m", "--text", "a")
    #expect(model.status == 64 && model.error.contains("leave the model out"), "\(model.error)")
    try folder.write("{\"text\":\"a\"}\n", to: "texts.jsonl")
    let bare = try train("--overwrite")
    #expect(bare.status == 65 && bare.error.contains("field `label`: saw no such field"))
  }

  @Test("hidden states of a model are learnt from", .enabled(if: Engine.version != nil))
  func probe() throws {
    try writeTexts("texts.jsonl")
    let run = try train("--model", model, "--json")
    #expect(run.status == 0, "\(run.error)")
    #expect(try folder.text("c/classifier.json").contains("\"kind\" : \"probe\""))
    let applied = try classifier("apply", "--classifier", "c", "--text", "a green cow")
    #expect(applied.status == 0 && applied.output.contains("\"probabilities\": {\"harmful\": "))
    let elsewhere = try classifier(
      "apply", "--classifier", "c", "--model", model, "--text", "a green cow")
    #expect(elsewhere.output == applied.output)
    let checkpoint = try classifier("apply", "--model", model, "--text", "a")
    #expect(checkpoint.status == 65)
    #expect(checkpoint.error.contains("is no sequence classifier"), "\(checkpoint.error)")
  }
}

import Foundation
import RunRecords
import Testing
import TorchEngine

@Suite("attune evaluate reward", .enabled(if: Engine.version != nil))
struct EvaluateRewardCommandTests {
  private let folder: TestFolder
  private let model = RepositoryFile.rewards.appending(path: "llama").path
  private let pairs = RepositoryFile.rewards.appending(path: "pairs.jsonl").path

  init() throws { folder = try TestFolder() }

  private func evaluate(_ arguments: String...) throws -> Invocation {
    try Invocation(["evaluate", "reward"] + arguments, in: folder)
  }

  /// A copy of the model that may be written to.
  private func copiedModel() throws -> String {
    let path = folder.url.appending(path: "model").path
    try FileManager.default.copyItem(atPath: model, toPath: path)
    return path
  }

  /// The scores of all pairs by a model, which the tests of `attune score` hold against transformers'.
  private func scores(by model: String, to name: String) throws -> [[String: Any]] {
    let run = try Invocation(
      "score", "--reward-model", model, "--data", pairs, "--out", name, in: folder)
    #expect(run.status == 0, "\(run.error)")
    return try folder.rows(name)
  }

  @Test("accuracy and margins are those of the scores; files, tables and JSON agree")
  func recordedScores() throws {
    let margins = try scores(by: model, to: "scores.jsonl").map(margin)
    let run = try evaluate(
      "--model", model, "--data", pairs, "--out", "out/first", "--json", "--seed", "3")
    #expect(run.status == 0, "\(run.error)")
    let report = try run.report()
    let accuracy = try #require(report["accuracy"] as? [String: Any])
    let share = try #require(accuracy["accuracy"] as? [String: Any])
    #expect(share["value"] as? Double == Double(margins.count { $0 > 0 }) / Double(margins.count))
    let summary = try #require(report["margins"] as? [String: Any])
    let mean = try #require(summary["mean"] as? Double)
    #expect(abs(mean - margins.reduce(0, +) / Double(margins.count)) < 1e-4)
    #expect((report["rows"] as? [String: Any])?["comparisons"] as? Int == margins.count)

    let written = try JSONSerialization.jsonObject(
      with: Data(contentsOf: folder.url.appending(path: "out/first/evaluation.json")))
    #expect(written as? NSDictionary == report as NSDictionary)
    let page = try folder.text("out/first/report.html")
    #expect(page.hasPrefix("<!doctype html>") && page.contains("evaluate reward</p>"))
    for line in ["reward model", "pick the shorter", "length: padding at the end", "calibration"] {
      #expect(run.output.contains("\n\(line)"), "\(line)")
    }
    #expect(run.error.contains("attune: scoring 8/8 (100%)"))
    #expect(
      run.error.hasSuffix(
        "attune: the result is in out/first/evaluation.json, its page in out/first/report.html\n"))
    #expect(try folder.names() == ["out", "scores.jsonl"])
  }

  @Test("a run keeps what was printed")
  func kept() throws {
    let run = try evaluate("--model", model, "--data", pairs, "--into", "none", "--json")
    #expect(run.status == 64 && run.error.contains("none: there is no such directory"))
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "run"), withIntermediateDirectories: true)
    let manifest = RunManifest(
      attune: "0.1.0", command: [], startedAt: Date(), seed: 0, data: [], rows: 1, droppedRows: [:])
    try folder.write(String(decoding: manifest.encoded(), as: UTF8.self), to: "run/run.json")
    let kept = try evaluate("--model", model, "--data", pairs, "--into", "run", "--json")
    #expect(kept.status == 0, "\(kept.error)")
    #expect(kept.output.hasSuffix("\n\(try folder.text("run/evaluations/reward.json"))"))
    #expect(try folder.names("run/evaluations") == ["reward.json"])
  }

  @Test("batches change nothing but time")
  func batches() throws {
    func accuracies(_ arguments: String...) throws -> [String: Any] {
      let run = try Invocation(
        ["evaluate", "reward", "--model", model, "--data", pairs, "--json"] + arguments, in: folder)
      return try #require(try run.report()["margins"] as? [String: Any])
    }
    let usual = try #require(accuracies()["mean"] as? Double)
    let alone = try #require(accuracies("--batch-size", "1")["mean"] as? Double)
    #expect(abs(usual - alone) < 1e-5)
  }

  @Test("a saved correction is applied by everything that scores, and is not lost by accident")
  func savedCorrection() throws {
    let model = try copiedModel()
    let before = try scores(by: model, to: "before.jsonl")
    let run = try evaluate(
      "--model", model, "--data", pairs, "--save-correction", "--probes", "none", "--json")
    #expect(run.status == 0, "\(run.error)")
    let record = try JSONSerialization.jsonObject(
      with: Data(contentsOf: folder.url.appending(path: "model/reward_model.json")))
    let correction = try #require(
      (record as? [String: Any])?["length_correction"] as? [String: Any])
    let slope = try #require(correction["slope"] as? Double)
    #expect(slope != 0)
    let after = try scores(by: model, to: "after.jsonl")
    // r′ = r − slope · (tokens − origin): the margin changes by the difference of lengths alone.
    var changes = 0
    for (one, other) in zip(before, after) {
      let old = try margin(one)
      let new = try margin(other)
      let tokens = (old - new) / slope
      #expect(abs(tokens - tokens.rounded()) < 1e-2)
      if tokens.rounded() != 0 { changes += 1 }
    }
    #expect(changes > 0)

    let again = try evaluate(
      "--model", model, "--data", pairs, "--save-correction", "--probes", "none", "--out", "o")
    #expect(again.status == 64)
    #expect(again.error.contains("/model/reward_model.json: holds a length correction already"))
    let replaced = try evaluate(
      "--model", model, "--data", pairs, "--save-correction", "--probes", "none", "--overwrite",
      "--json")
    #expect(replaced.status == 0, "\(replaced.error)")
    let stored = try #require(try replaced.report()["stored_correction"] as? [String: Any])
    #expect(abs(try #require(stored["slope"] as? Double) - slope) < 1e-12)
    let fitted = try #require(
      (try replaced.report()["correction"] as? [String: Any])?["correction"] as? [String: Any])
    #expect(abs(try #require(fitted["slope"] as? Double) - slope) < 1e-5)
  }

  @Test("with a correction, mean and deviation of the uncorrected scores go")
  func staleNormalization() throws {
    let model = try copiedModel()
    let record = """
      {"head": {"kind": {"linear": {}}, "members": 1},
       "normalization": [{"deviation": 2, "mean": 0.5}]}
      """
    try Data(record.utf8).write(to: folder.url.appending(path: "model/reward_model.json"))
    func normalized() throws -> Invocation {
      try Invocation(
        "score", "--reward-model", model, "--data", pairs, "--out", "s.jsonl", "--normalized",
        in: folder)
    }
    let before = try normalized()
    #expect(before.status == 0, "\(before.error)")
    let saving = try evaluate(
      "--model", model, "--data", pairs, "--save-correction", "--probes", "none")
    #expect(saving.status == 0, "\(saving.error)")
    let after = try normalized()
    #expect(after.status == 64 && after.error.contains("until a length correction is saved"))
  }

  private func margin(_ row: [String: Any]) throws -> Double {
    try #require(row["chosen_score"] as? Double) - #require(row["rejected_score"] as? Double)
  }

  @Test("HHH items beside data or in its place; the reference needs rows")
  func otherData() throws {
    let items = (0..<12).map { number in
      #"{"text_correct": "\n\nHuman: \#(number)?\n\nAssistant: Yes, it is.", "text_incorrect": "\n\nHuman: \#(number)?\n\nAssistant: No."}"#
    }
    try folder.write(items.joined(separator: "\n"), to: "hhh.jsonl")
    let alone = try evaluate("--model", model, "--hhh", "hhh.jsonl", "--json")
    #expect(alone.status == 0, "\(alone.error)")
    #expect((try alone.report()["rows"] as? [String: Any])?["scored"] as? Int == 12)
    let beside = try evaluate(
      "--model", model, "--hhh", "hhh.jsonl", "--data", pairs, "--probes", "length", "lists",
      "--json")
    #expect(try beside.report()["hhh"] is [String: Any])
    #expect(beside.output.contains("reward model on HHH"))
    #expect(!beside.output.contains("flattery"))

    let few = try evaluate("--model", model, "--data", pairs, "--reference-data", pairs)
    #expect(few.status == 65)
    #expect(few.error.contains("the reference data has 8 usable rows, and 10 are needed"))
  }

  @Test("errors are sentences, and cost no scoring")
  func errors() throws {
    for (arguments, message) in [
      (["--model", model], "give '--data', '--hhh' or both"),
      (
        ["--model", model, "--data", pairs, "--bins", "0"],
        "'--bins' is 0, but must be at least 1."
      ),
      (
        ["--model", model, "--data", pairs, "--probes", "all", "length"],
        "'--probes' is all length, but all, none and sandbox stand alone"
      ),
      (
        ["--model", model, "--data", pairs, "--probes", "length", "length"],
        "'--probes' has a name twice: length length"
      ),
      (
        ["--model", model, "--data", pairs, "--overwrite"],
        "'--overwrite' is about '--out' and '--save-correction'"
      ),
      (
        ["--model", model, "--data", pairs, "--category", "topic"],
        "has text in the field `topic`; name a field that rows have"
      ),
    ] {
      let run = try Invocation(["evaluate", "reward"] + arguments, in: folder)
      #expect(run.status == 64, "\(arguments)")
      #expect(run.error.contains(message), "\(run.error)")
    }
    try folder.write("{\"text\": \"a\"}\n", to: "texts.jsonl")
    let texts = try evaluate("--model", model, "--data", "texts.jsonl")
    #expect(texts.status == 65)
    #expect(texts.error.contains("texts.jsonl: holds texts"))
    let short = try evaluate("--model", model, "--data", pairs, "--max-length", "3")
    #expect(short.status == 64)
    #expect(short.error.contains("all 8 rows have more than 3 tokens; give a larger --max-length"))

    _ = try evaluate("--model", model, "--data", pairs, "--out", "out", "--probes", "none")
    let occupied = try evaluate("--model", model, "--data", pairs, "--out", "out")
    #expect(occupied.status == 64)
    #expect(occupied.error.contains("out/evaluation.json exists; give --overwrite to replace it"))
    let file = try evaluate("--model", model, "--data", pairs, "--out", "texts.jsonl/out")
    #expect(file.status == 64)
    #expect(file.error.contains("texts.jsonl/out: the folder cannot be made"))
  }

  @Test("SIGTERM ends it with 143, and nothing is written")
  func interruption() throws {
    let rows = try String(contentsOfFile: pairs, encoding: .utf8)
    try folder.write(String(repeating: rows, count: 600), to: "many.jsonl")
    let process = try Invocation.process(
      [
        "evaluate", "reward", "--model", model, "--data", "many.jsonl", "--out", "out",
        "--batch-size", "1",
      ], in: folder)
    let pipe = Pipe()
    process.standardError = pipe
    process.standardOutput = FileHandle.nullDevice
    try process.runUnblocked()
    var error = ""
    while !error.contains("scoring 1000/"),
      case let bytes = pipe.fileHandleForReading.availableData,
      !bytes.isEmpty
    {
      error += String(decoding: bytes, as: UTF8.self)
    }
    process.terminate()
    error += String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 143)
    #expect(error.contains("attune: error: stopped while scoring, after "))
    #expect(error.contains(" of 4800 rows; nothing was written"))
    #expect(
      try FileManager.default.contentsOfDirectory(
        atPath: folder.url.appending(path: "out").path
      ).isEmpty)
  }
}

extension RepositoryFile {
  /// Reward models, pairs, and what transformers says about them.
  static let rewards = recorded.deletingLastPathComponent().appending(path: "reward")
}

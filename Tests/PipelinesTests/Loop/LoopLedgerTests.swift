import Foundation
import Testing

@testable import Pipelines

@Suite("What is done of a turn")
struct LoopLedgerTests {
  private let folder: TemporaryFolder
  private let layout: LoopLayout
  private let start = Date(timeIntervalSince1970: 1_795_262_400.25)
  private let lineage = LoopLineage(project: "helpful", turn: 1, policy: "aa", data: "bb")

  init() throws {
    folder = try TemporaryFolder()
    layout = LoopLayout(out: folder.path, turn: 1)
  }

  /// Files whose digests are what they say.
  private var ledger: LoopLedger {
    LoopLedger(layout: layout) { try String(contentsOfFile: $0, encoding: .utf8) }
  }

  private func record(_ stage: LoopStage, _ inputs: [String: String] = ["policy": "p"])
    -> LoopStageRecord
  {
    LoopStageRecord(stage, turn: 1, lineage: lineage, started: start, inputs: inputs)
  }

  private func write(_ part: String, _ text: String) throws {
    try DocumentFile.write(text, to: layout.path(of: part))
  }

  @Test("a stage is absent, begun, finished")
  func standing() throws {
    #expect(try ledger.standing(of: .data, inputs: ["policy": "p"]) == .absent)
    try ledger.begin(record(.data))
    guard case .begun(let begun) = try ledger.standing(of: .data, inputs: ["policy": "p"]) else {
      Issue.record("it was begun")
      return
    }
    #expect(begun.lineage == lineage && !begun.isFinished)
    #expect(begun.started == Date(timeIntervalSince1970: 1_795_262_400))
    try write("data/pairs.jsonl", "pairs")
    let finished = try ledger.finish(
      record(.data), outputs: ["data/pairs.jsonl"], now: start.addingTimeInterval(60))
    #expect(finished.outputs == ["data/pairs.jsonl": "pairs"] && finished.isFinished)
    #expect(try ledger.standing(of: .data, inputs: ["policy": "p"]) == .finished(finished))
    #expect(try ledger.records() == [finished])
  }

  @Test("inputs that were changed, added or taken away are named, and so are outputs")
  func changed() throws {
    try write("data/pairs.jsonl", "pairs")
    let inputs = ["policy": "p", "settings": "s"]
    _ = try ledger.finish(record(.data, inputs), outputs: ["data/pairs.jsonl"], now: start)
    func changes(_ inputs: [String: String]) throws -> [String]? {
      guard case .changed(let names) = try ledger.standing(of: .data, inputs: inputs) else {
        return nil
      }
      return names
    }
    #expect(try changes(inputs) == nil)
    #expect(try changes(["policy": "q", "settings": "s"]) == ["policy"])
    #expect(try changes(["policy": "p", "settings": "s", "a.jsonl": "a"]) == ["a.jsonl"])
    #expect(try changes(["policy": "p"]) == ["settings"])
    try write("data/pairs.jsonl", "edited")
    #expect(try changes(inputs) == ["data/pairs.jsonl"])
    try FileManager.default.removeItem(atPath: layout.path(of: "data/pairs.jsonl"))
    #expect(try changes(["policy": "q", "settings": "s"]) == ["data/pairs.jsonl", "policy"])
  }

  @Test("a stage that was begun with something else is changed as well")
  func begunOtherwise() throws {
    try ledger.begin(record(.training))
    #expect(
      try ledger.standing(of: .training, inputs: ["policy": "q"]) == .changed(["policy"]))
  }

  @Test("a stage is cleared with those after it, and with the page")
  func clear() throws {
    for stage in LoopStage.allCases { try ledger.begin(record(stage)) }
    try write("report.html", "page")
    try write("training/run/checkpoints/step-1/state.json", "{}")
    try ledger.clear(from: .training)
    #expect(try ledger.records().map(\.stage) == [.data, .reward])
    #expect(!FileManager.default.fileExists(atPath: layout.page))
    #expect(
      try Set(FileManager.default.contentsOfDirectory(atPath: layout.root)) == ["data", "reward"])
  }

  @Test("a stage that is begun takes away the page, which does not know of it")
  func page() throws {
    try write("report.html", "page")
    try ledger.begin(record(.reward))
    #expect(!FileManager.default.fileExists(atPath: layout.page))
  }

  @Test("what killed commands have left is removed, and nothing else")
  func leftovers() throws {
    try ledger.removeLeftovers()
    try ledger.begin(record(.gate))
    try write("gate/.gate.json.attune-17-a", "half")
    try write(".training.attune-17-b/run/run.json", "half")
    try write("gate/.mine", "mine")
    try ledger.removeLeftovers()
    #expect(try FileManager.default.contentsOfDirectory(atPath: layout.root) == ["gate"])
    #expect(
      try Set(FileManager.default.contentsOfDirectory(atPath: layout.folder(of: .gate)))
        == [".mine", "stage.json"])
  }

  @Test("a record that cannot be read is an error, and a change that can be done again")
  func broken() throws {
    try write("reward/stage.json", "{")
    let path = layout.path(of: "reward/stage.json")
    #expect(throws: LoopError.broken(path: path)) { try ledger.record(of: .reward) }
    #expect(throws: LoopError.broken(path: path)) { try ledger.records() }
    #expect(try ledger.standing(of: .reward, inputs: [:]) == .changed(["reward/stage.json"]))
  }

  @Test("a path is held by a turn whatever it is written like")
  func holds() throws {
    try write("training/run/run.json", "{}")
    let link = "\(folder.path)/link"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: layout.path(of: "training"))
    for path in ["", "training/run", "training/../data/pairs.jsonl", "training/run/"] {
      #expect(layout.holds("\(layout.root)/\(path)"), "\(path)")
    }
    #expect(layout.holds("\(link)/run"))
    for path in [folder.path, "\(folder.path)/turn-00010/run", "\(layout.root)/../policy"] {
      #expect(!layout.holds(path), "\(path)")
    }
  }

  @Test("a record is what was written, under plain names")
  func coding() throws {
    var gate = record(.gate)
    (gate.passed, gate.figures, gate.counts) = (false, ["win_rate": 0.25], ["prompts": 4])
    gate.findings = ["not passed: win_rate"]
    gate = try ledger.finish(gate, outputs: [], now: start)
    let text = try String(contentsOfFile: layout.record(of: .gate), encoding: .utf8)
    #expect(text.contains("\"lineage\" : \"45af436d8ff9f913\""))
    #expect(text.contains("\"finished\" : \"2026-11-21T12:00:00Z\""))
    #expect(text.contains("\"format_version\" : 1") && text.hasSuffix("}\n"))
    #expect(try ledger.record(of: .gate) == gate && gate.passed == false)
  }
}

import Foundation
import RunRecords
import Testing

@Suite("attune evaluate gate")
struct EvaluateGateCommandTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "run/evaluations"), withIntermediateDirectories: true)
    let manifest = RunManifest(
      attune: "0.1.0", command: ["attune", "ppo"], startedAt: Date(), seed: 0, data: [], rows: 1,
      droppedRows: [:])
    try folder.write(String(decoding: manifest.encoded(), as: UTF8.self), to: "run/run.json")
    try folder.write("{\"step\": 7, \"eval_kl\": 2.5}\n", to: "run/metrics.jsonl")
  }

  private func gate(_ arguments: String...) throws -> Invocation {
    try Invocation(["evaluate", "gate", "--run", "run"] + arguments, in: folder)
  }

  /// Blanks in a row as one.
  private func squeezed(_ text: String) -> String {
    text.split(separator: " ").joined(separator: " ")
  }

  @Test("what was not measured has not passed: status 2, a table, and JSON")
  func unmeasured() throws {
    let run = try gate("--json")
    #expect(run.status == 2 && run.error.isEmpty, "\(run.error)")
    for line in [
      "passed kl below 10 2.50 – run/metrics.jsonl", "not measured perplexity below 1 – –",
      "run/metrics.jsonl, `eval_kl` of step 7\n",
      "run: not passed: perplexity, reward_accuracy, win_rate, safety_pass_rate, reward_hacking, "
        + "satisfaction\n",
    ] {
      #expect(squeezed(run.output).contains(line), "\(line) in \(run.output)")
    }
    let report = try run.report()
    #expect(report["passed"] as? Bool == false && report["run"] as? String == "run")
    let findings = try #require(report["findings"] as? [[String: Any]])
    #expect(findings.count == 7 && findings[3]["status"] as? String == "passed")
    #expect((findings[3]["seen"] as? [String: Any])?["value"] as? Double == 2.5)
    #expect(findings[0]["status"] as? String == "not_measured")
    #expect(findings[0]["is_required"] as? Bool == true)
  }

  @Test("with criteria that hold: status 0; with one that does not: 2")
  func criteria() throws {
    try folder.write(
      "criteria:\n  kl: {below: 3}\n  satisfaction: {required: false}\n", to: "c.yaml")
    let passed = try gate("--criteria", "c.yaml")
    #expect(passed.status == 0, "\(passed.output)")
    #expect(passed.output.hasSuffix("\nrun: passed\n"))
    #expect(passed.output.contains("above 4 (not required)"))
    try folder.write("criteria:\n  kl: {below: 2}\n", to: "c.yaml")
    let failed = try gate("--criteria", "c.yaml")
    #expect(failed.status == 2 && squeezed(failed.output).contains("FAILED kl below 2 2.50"))
    try folder.write(#"{"mean": 4.5, "count": 9}"#, to: "run/evaluations/satisfaction.json")
    try folder.write("confident: true\ncriteria:\n  satisfaction: {above: 4.4}\n", to: "c.yaml")
    let satisfied = try gate("--criteria", "c.yaml")
    #expect(satisfied.status == 0 && satisfied.output.contains("above 4.4, with confidence"))
  }

  @Test("broken records are 65; a file of criteria that cannot be, and wrong usage, 64")
  func errors() throws {
    try folder.write("{", to: "run/evaluations/hacking.json")
    let broken = try gate()
    #expect(broken.status == 65 && broken.output.isEmpty)
    #expect(broken.error.contains("run/evaluations/hacking.json: is not JSON"))
    let none = try Invocation("evaluate", "gate", "--run", "none", in: folder)
    #expect(none.status == 65 && none.error.contains("none: there is no such directory"))
    try folder.write("criteria:\n  win_rates: {}\n", to: "c.yaml")
    let misspelt = try gate("--criteria", "c.yaml")
    #expect(misspelt.status == 64)
    #expect(misspelt.error.contains("c.yaml:2:14: ") && misspelt.error.contains("'win_rate'?"))
    #expect(try gate("--criteria", "none.yaml").error.contains("there is no such file"))
    #expect(try Invocation("evaluate", "gate", in: folder).status == 64)
  }

  @Test("evaluate hacking keeps its result for the gate")
  func hacking() throws {
    let rows = (0..<8).map { "{\"step\": \($0), \"eval_reward\": \($0), \"eval_gold\": \($0)}\n" }
    try folder.write(rows.joined(), to: "run/metrics.jsonl")
    let run = try Invocation(
      "evaluate", "hacking", "--run", "run", "--into", "run", "--json", in: folder)
    #expect(run.status == 0, "\(run.error)")
    #expect(
      try folder.text("run/evaluations/hacking.json")
        == run.output.split(separator: "\n").last.map { "\($0)\n" })
    try folder.write("criteria:\n  reward_hacking:\n", to: "c.yaml")
    let passed = try gate("--criteria", "c.yaml")
    #expect(passed.status == 0 && passed.output.contains("healthy"), "\(passed.output)")
    let none = try Invocation(
      "evaluate", "hacking", "--run", "run", "--into", "none", in: folder)
    #expect(none.status == 64 && none.error.contains("none: there is no such directory"))
  }
}

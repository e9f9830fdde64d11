import Foundation
import Testing

@testable import Pipelines

@Suite("An experiment's records")
struct ExperimentTests {
  private struct Row: ExperimentRow, Equatable {
    var method: String
    var gold: Double?

    var columns: [(name: String, value: ExperimentValue)] {
      [("method", .text(method)), ("gold", .number(gold))]
    }
  }

  private func log(
    _ path: String, _ name: String = "noise", size: ExperimentSize = .quick, seed: UInt64 = 1
  ) throws -> ExperimentLog<Row> {
    try ExperimentLog(path, .init(experiment: name, size: size, seed: seed))
  }

  @Test("a table is CSV as RFC 4180 has it")
  func csv() {
    let rows = [
      Row(method: "DPO", gold: 0.5), Row(method: "a, \"b\"", gold: nil),
      Row(method: "two\nlines", gold: -1e-7),
    ]
    #expect(
      rows.csv == "method,gold\nDPO,0.5\n\"a, \"\"b\"\"\",\n\"two\nlines\",-1e-07\n")
    #expect([Row]().csv.isEmpty)
  }

  @Test("what was measured is there again, and is not measured twice")
  func records() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/measurements.jsonl"
    var first = try log(path)
    #expect(first.rows.isEmpty && !first.holds("a"))
    try first.append(
      "a", seconds: 2, [Row(method: "DPO", gold: 0.5), Row(method: "IPO", gold: nil)])
    try first.append("b", seconds: 1, [])
    let again = try log(path)
    #expect(again.holds("a") && again.holds("b") && !again.holds("c"))
    #expect(again.rows == [Row(method: "DPO", gold: 0.5), Row(method: "IPO", gold: nil)])
    #expect(again.seconds == 3)
  }

  @Test("a line that a kill has cut short was not written")
  func cutShort() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/measurements.jsonl"
    var first = try log(path)
    try first.append("a", seconds: 1, [Row(method: "DPO", gold: 0.5)])
    let whole = try String(contentsOfFile: path, encoding: .utf8)
    try (whole + "{\"part\":\"b\",\"se").write(toFile: path, atomically: true, encoding: .utf8)
    var again = try log(path)
    #expect(again.holds("a") && !again.holds("b"))
    try again.append("b", seconds: 1, [])
    #expect(try log(path).holds("b"))
  }

  @Test("measurements of something else do not belong here")
  func others() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/measurements.jsonl"
    _ = try log(path)
    let error = ExperimentError.other(path: path, experiment: "noise", size: .quick, seed: 1)
    #expect(throws: error) { try log(path, "frontier") }
    #expect(throws: error) { try log(path, size: .full) }
    #expect(throws: error) { try log(path, seed: 2) }
    try "{}\n".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(throws: ExperimentError.broken(path: path, line: 1)) { try log(path) }
    try FileManager.default.removeItem(atPath: path)
    _ = try log(path)
    let heading = try String(contentsOfFile: path, encoding: .utf8)
    try (heading + "nonsense\n").write(toFile: path, atomically: true, encoding: .utf8)
    #expect(throws: ExperimentError.broken(path: path, line: 2)) { try log(path) }
  }

  @Test("errors are sentences that say what to do")
  func sentences() {
    #expect(
      ExperimentError.other(path: "m.jsonl", experiment: "noise", size: .quick, seed: 1).description
        == "m.jsonl: holds the experiment noise with --quick and with --seed 1; repeat these, or choose "
        + "another --out")
    #expect(
      ExperimentError.broken(path: "m.jsonl", line: 2).description
        == "m.jsonl:2: is no line of an experiment; remove the file to measure anew")
    #expect(
      ExperimentError.occupied(path: "out").description
        == "out: the directory holds something that is no experiment; choose another --out")
    #expect(
      ExperimentError.stopped(part: "DPO").description
        == "stopped during DPO; the same command goes on from there")
  }

  @Test("the front is what no other beats on both axes")
  func paretoFront() {
    #expect(ParetoFront.indices(costs: [], gains: []) == [])
    // By cost: 0 (gain 1), 1 (gain 0.5, beaten), 2 (gains 2 and 3: the greater), 3 (gain 3, no better).
    #expect(
      ParetoFront.indices(costs: [3, 1, 0, 2, 2], gains: [3, 0.5, 1, 2, 3]) == [2, 4])
  }
}

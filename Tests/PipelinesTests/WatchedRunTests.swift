import Evaluations
import Foundation
import Pipelines
import PreferenceData
import RunRecords
import Testing

@Suite("What was watched of a run")
struct WatchedRunTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The run whose log has those lines.
  private func run(_ lines: String...) throws -> WatchedRun {
    try folder.file("metrics.jsonl", lines.map { "\($0)\n" }.joined())
    return try WatchedRun(run: folder.path)
  }

  private func message(_ body: () throws -> Void) throws -> String {
    let error = #expect(throws: PipelineError.self) { try body() }
    return try #require(error).description.replacing(folder.path, with: "RUN")
  }

  @Test("the names of the metrics")
  func names() {
    #expect(
      [
        MetricName.gold, .distinctPairs, .repetition, .selfSimilarity, .keywordDensity,
        .rewardVariance,
      ].map(\.onEvaluation.rawValue) == [
        "eval_gold", "eval_distinct_2", "eval_repetition", "eval_self_similarity",
        "eval_keyword_density", "eval_reward_variance",
      ])
  }

  @Test("evaluations are taken from among training's rows, with all that they have")
  func metrics() throws {
    let run = try run(
      #"{"step":0,"eval_reward":1,"eval_gold":0.5,"eval_kl":0,"eval_completions/mean_length":30,"#
        + #""eval_distinct_2":0.6,"eval_repetition":0.1,"eval_self_similarity":0.2,"#
        + #""eval_keyword_density":0.01,"eval_reward_variance":0.3,"eval_entropy":1.5}"#,
      #"{"step":1,"reward":9,"gold":9,"kl":9,"entropy":9}"#,
      #"{"step":20,"loss":0.1}"#, #"{"step":20,"eval_reward":2,"eval_gold":0.6}"#)
    #expect(run.source == folder.path)
    #expect(run.notes.isEmpty)
    #expect(
      run.evaluations == [
        HackingObservation(
          step: 0, proxy: 1, gold: 0.5, length: 30, distinct: 0.6, repetition: 0.1,
          selfSimilarity: 0.2, keywordDensity: 0.01, divergence: 0, ensembleVariance: 0.3,
          entropy: 1.5),
        HackingObservation(step: 20, proxy: 2, gold: 0.6),
      ])
  }

  @Test(
    "of rows with one step, as a resumed run may have, the later counts; a cut-off line does not")
  func resumed() throws {
    try folder.file(
      "metrics.jsonl",
      """
      {"step":0,"eval_reward":1,"eval_gold":1}
      {"step":20,"eval_reward":2,"eval_gold":2}
      {"step":10,"eval_reward":3,"eval_gold":3}
      {"step":20,"eval_reward":4,"eval_gold":4}
      {"step":30,"eval_rew
      """)
    let run = try WatchedRun(run: folder.path)
    #expect(run.evaluations.map(\.step) == [0, 10, 20])
    #expect(run.evaluations.map(\.gold) == [1, 3, 4])
  }

  @Test("an evaluation with one of the two scores is left out and told of")
  func lonely() throws {
    let run = try run(
      #"{"step":0,"eval_reward":1,"eval_gold":1}"#, #"{"step":10,"eval_reward":2,"eval_kl":1}"#)
    #expect(run.evaluations.map(\.step) == [0])
    #expect(run.notes == ["1 step has only one of `eval_reward` and `eval_gold` and is left out"])
  }

  @Test("a run that goes on, or was stopped, is said to")
  func unfinished() throws {
    func manifest(_ finished: Int?) throws {
      var manifest = RunManifest(
        attune: "1", command: ["attune", "grpo"], startedAt: .distantPast, seed: 0, data: [],
        rows: 1, droppedRows: [:])
      manifest.finishedSteps = finished
      try folder.file("run.json", String(decoding: manifest.encoded(), as: UTF8.self))
    }
    let row = #"{"step":0,"eval_reward":1,"eval_gold":1}"#
    try manifest(nil)
    #expect(
      try run(row).notes == ["the run has not finished: this is what it has logged so far"])
    try manifest(20)
    #expect(try run(row).notes.isEmpty)
  }

  @Test("what is no run")
  func noRun() throws {
    #expect(
      try message { _ = try WatchedRun(run: "\(folder.path)/none") }
        == "RUN/none: there is no such directory; give the --out of a training run")
    let file = try folder.file("file", "")
    #expect(
      try message { _ = try WatchedRun(run: file) }
        == "RUN/file: is a file and no directory; give the --out of a training run")
    #expect(
      try message { _ = try WatchedRun(run: folder.path) }
        == "RUN: holds no run: metrics.jsonl is missing; give the --out of a training run")
  }

  @Test("a run that nobody watched is told which options do")
  func unwatched() throws {
    let advice =
      "; training records `eval_reward` and `eval_gold` together every --eval-steps N steps when a "
      + "judge that has no part in it is given: --judge-gold, --judge-model DIR or --judge-program CMD"
    #expect(
      try message { _ = try run(#"{"step":1,"loss":1,"reward":1}"#) }
        == "RUN/metrics.jsonl: no row has `eval_reward` and `eval_gold`" + advice)
    #expect(
      try message { _ = try run(#"{"step":1,"eval_reward":1}"#) }
        == "RUN/metrics.jsonl: no row has `eval_gold`" + advice)
    #expect(
      try message { _ = try run(#"{"step":1,"eval_reward":1}"#, #"{"step":2,"eval_gold":1}"#) }
        == "RUN/metrics.jsonl: no row has `eval_reward` and `eval_gold`" + advice)
    #expect(try message { _ = try run() }.hasPrefix("RUN/metrics.jsonl: no row has"))
  }

  @Test("NaN and infinity are named with line, metric and step")
  func diverged() throws {
    #expect(
      try message {
        _ = try run(
          #"{"step":0,"eval_reward":1,"eval_gold":1}"#,
          #"{"step":10,"eval_reward":1,"eval_gold":"NaN"}"#)
      }
        == "RUN/metrics.jsonl:2: `eval_gold` of step 10 is NaN; what produced it may be broken, or the "
        + "run diverged: train again, or analyse a copy without such lines")
    #expect(
      try message { _ = try run(#"{"step":5,"eval_kl":"Infinity"}"#) }
        .hasPrefix("RUN/metrics.jsonl:1: `eval_kl` of step 5 is infinite"))
    // A number that a resumed run has replaced does not count, and what is not looked at may be
    // anything.
    #expect(
      try run(
        #"{"step":0,"eval_reward":1,"eval_gold":"NaN"}"#,
        #"{"step":0,"eval_reward":1,"eval_gold":2}"#
      ).evaluations.first?.gold == 2)
    #expect(
      try run(#"{"step":0,"eval_reward":1,"eval_gold":1,"eval_loss":"NaN"}"#).evaluations.count == 1
    )
  }

  @Test("two columns, perhaps with KL and steps")
  func columns() throws {
    let plain = try folder.file("a.csv", "true_quality,policy_rewards\n0.5,1\n0.6,2\n")
    let rows = try WatchedRun(columns: plain)
    #expect(
      rows.evaluations == [
        HackingObservation(step: 0, proxy: 1, gold: 0.5),
        HackingObservation(step: 1, proxy: 2, gold: 0.6),
      ])
    #expect(rows.notes == ["without a column `step` the rows count as steps 0, 1, 2, …"])
    let full = try folder.file(
      "b.csv", "step,policy_rewards,true_quality,kl\n0,1,0.5,\n50,2,0.6,3\n")
    let run = try WatchedRun(columns: full)
    #expect(run.evaluations.map(\.step) == [0, 50])
    #expect(run.evaluations.map(\.divergence) == [nil, 3])
    #expect(run.notes.isEmpty)
  }

  @Test("steps that do not rise are named with their line")
  func steps() throws {
    let text = "step,policy_rewards,true_quality\n1,1,1\n1,2,2\n2.5,3,3\n,4,4\n9,5,5\n"
    let file = try folder.file("a.csv", text)
    let error = #expect(throws: DataError.self) { try WatchedRun(columns: file) }
    let remedy = "sort the rows by step, keep one of each, or leave the column out."
    #expect(
      try #require(error).description.replacing(folder.path, with: "RUN") == """
        3 rows are malformed:
        RUN/a.csv:3: field `step`: saw the step 1; allowed is a whole number above 1, the step of the row before; \(remedy)
        RUN/a.csv:4: field `step`: saw the number 2.5; allowed is a whole number above 1, the step of the row before; \(remedy)
        RUN/a.csv:5: field `step`: saw an empty cell; allowed is a whole number above 1, the step of the row before; \(remedy)
        """)
  }
}

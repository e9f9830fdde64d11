import RunRecords
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite("Metrics log")
struct MetricsLogTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path("metrics.jsonl") }

  init() throws { folder = try TemporaryFolder() }

  private func append(_ entries: [MetricsEntry]) throws {
    let log = try MetricsLog(path: path)
    for entry in entries { try log.append(entry) }
  }

  @Test("keys have one order, numbers their fewest digits")
  func format() throws {
    try append([
      MetricsEntry(
        step: 1,
        values: [
          .numberOfTokens: 2048, .loss: 0.1 + 0.2, .epoch: 0.125, .learningRate: 1e-5,
          .rewardMargin: -0.0, .gradientNorm: 1e21, .chosenLogProbability: -123.456,
          MetricName(rawValue: "zebra"): 1, MetricName(rawValue: "ant \"1\"\n"): 2,
        ])
    ])
    #expect(
      try folder.text("metrics.jsonl")
        == #"{"step":1,"epoch":0.125,"loss":0.30000000000000004,"grad_norm":1e+21,"#
        + #""learning_rate":1e-05,"rewards/margins":-0.0,"logps/chosen":-123.456,"#
        + #""num_tokens":2048.0,"ant \"1\"\u000a":2.0,"zebra":1.0}"# + "\n")
  }

  @Test("numbers that are none stay valid JSON")
  func nonFinite() throws {
    try append([
      MetricsEntry(
        step: 3, values: [.loss: .nan, .gradientNorm: .infinity, .rewardMargin: -.infinity])
    ])
    #expect(
      try folder.text("metrics.jsonl")
        == #"{"step":3,"loss":"NaN","grad_norm":"Infinity","rewards/margins":"-Infinity"}"# + "\n")
    let entry = try #require(try MetricsLog.entries(at: path).first)
    #expect(entry.values[.loss]?.isNaN == true)
    #expect(entry.values[.gradientNorm] == .infinity)
    #expect(entry.values[.rewardMargin] == -.infinity)
  }

  @Test("what is read is what was written, to the last bit")
  func roundTrip() throws {
    var random = SystemRandomNumberGenerator()
    let entries = (1...200).map { step in
      let bits = (0..<4).map { _ in Double(bitPattern: random.next()) }.map { $0.isFinite ? $0 : 0 }
      return MetricsEntry(
        step: step,
        values: [
          .loss: bits[0], .loss.onEvaluation: bits[1], .entropy: bits[2],
          .rewardAccuracy.onEvaluation: bits[3],
        ])
    }
    try append(entries)
    #expect(try MetricsLog.entries(at: path) == entries)
  }

  @Test("evaluation names have the prefix and the order of their training names")
  func evaluation() throws {
    #expect(MetricName.rewardMargin.onEvaluation.rawValue == "eval_rewards/margins")
    try append([
      MetricsEntry(step: 2, values: [.loss.onEvaluation: 2, .epoch: 1, .entropy.onEvaluation: 3])
    ])
    #expect(
      try folder.text("metrics.jsonl")
        == #"{"step":2,"epoch":1.0,"eval_loss":2.0,"eval_entropy":3.0}"# + "\n")
  }

  @Test("each line is on disk before the next; a line that was cut off is not counted")
  func killed() throws {
    let log = try MetricsLog(path: path)
    let first = MetricsEntry(step: 1, values: [.loss: 1])
    try log.append(first)
    #expect(try MetricsLog.entries(at: path) == [first])
    try folder.write(#"{"step":1,"loss":1.0}"# + "\n" + #"{"step":2,"lo"#, to: "metrics.jsonl")
    #expect(try MetricsLog.entries(at: path) == [first])
    try folder.write(#"{"step":2,"lo"#, to: "metrics.jsonl")
    #expect(try MetricsLog.entries(at: path) == [])
  }

  @Test(
    "a line that is no step is named",
    arguments: ["{\"step\":1.5}", "{\"loss\":1}", "[]", "", "{\"step\":1,\"loss\":\"high\"}"])
  func malformed(line: String) throws {
    try folder.write("{\"step\":1}\n\(line)\n", to: "metrics.jsonl")
    let error = #expect(throws: RunRecordError.self) { _ = try MetricsLog.entries(at: path) }
    #expect(
      error?.description
        == "\(path):2: is not a logged step: expected an object of numbers with a whole 'step'")
  }

  @Test("a missing log is named")
  func missing() throws {
    let error = #expect(throws: RunRecordError.self) { _ = try MetricsLog.entries(at: path) }
    #expect(try #require(error?.description).hasPrefix("\(path): cannot read the file: "))
  }

  @Test(
    "a full disk is reported", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func full() throws {
    let log = try MetricsLog(path: "/dev/full")
    #expect(
      throws: RunRecordError.system(
        operation: "write", path: "/dev/full", reason: "No space left on device")
    ) { try log.append(MetricsEntry(step: 1, values: [:])) }
  }

  @Test("names are TRL's")
  func names() {
    let names: [MetricName] = [
      .step, .epoch, .numberOfTokens, .loss, .gradientNorm, .learningRate, .chosenReward,
      .rejectedReward, .rewardAccuracy, .rewardMargin, .chosenLogProbability,
      .rejectedLogProbability, .entropy, .meanTokenAccuracy,
    ]
    #expect(
      names.map(\.rawValue) == [
        "step", "epoch", "num_tokens", "loss", "grad_norm", "learning_rate", "rewards/chosen",
        "rewards/rejected", "rewards/accuracies", "rewards/margins", "logps/chosen",
        "logps/rejected", "entropy", "mean_token_accuracy",
      ])
  }
}

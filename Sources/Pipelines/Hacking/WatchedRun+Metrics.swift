internal import Evaluations
internal import PreferenceData
internal import RunRecords

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension WatchedRun {
  /// Reads the evaluations that a run has logged so far, finished or not.
  ///
  /// Of several rows with one step, which a resumed run may have, a later one counts, number by
  /// number.
  ///
  /// - Parameter directory: A run directory.
  /// - Throws: ``PipelineError`` where it is no run, was not watched, or a number is NaN or
  ///   infinite; `RunRecordError` where the log cannot be read.
  public init(run directory: String) throws {
    let log = try Self.log(of: directory)
    let rows = try Self.rows(of: log)
    let needed = [Self.proxy, Self.gold]
    let judged = rows.filter { row in needed.allSatisfy { row.value[$0] != nil } }
    guard !judged.isEmpty else {
      let missing = needed.filter { metric in !rows.values.contains { $0[metric] != nil } }
      throw PipelineError.unwatched(path: log, missing: missing.isEmpty ? needed : missing)
    }
    let evaluations = judged.sorted { $0.key < $1.key }.map { step, values in
      var observation = HackingObservation(step: step)
      for (metric, path) in Self.metrics { observation[keyPath: path] = values[metric] }
      return observation
    }
    var notes: [String] = []
    let lonely = rows.values.count { row in needed.count { row[$0] != nil } == 1 }
    if lonely > 0 {
      notes.append(
        "\(lonely == 1 ? "1 step has" : "\(lonely) steps have") only one of `\(Self.proxy)` and "
          + "`\(Self.gold)` and \(lonely == 1 ? "is" : "are") left out")
    }
    if let manifest = try? RunManifest(ofRunAt: directory), manifest.finishedSteps == nil {
      notes.append("the run has not finished: this is what it has logged so far")
    }
    self.init(source: directory, evaluations: evaluations, notes: notes)
  }

  /// What was measured, by step.
  private static func rows(of log: String) throws -> [Int: [MetricName: Double]] {
    var logged: [Int: [MetricName: (value: Double, line: Int)]] = [:]
    for (index, entry) in try MetricsLog.entries(at: log).enumerated() {
      for (metric, _) in metrics {
        guard let value = entry.values[metric] else { continue }
        logged[entry.step, default: [:]][metric] = (value, index + 1)
      }
    }
    // Only now, for a number that a later row has replaced is none of anybody's business.
    let values = logged.flatMap { step, row in row.map { (step, $0.key, $0.value) } }
    let broken = values.filter { !$0.2.value.isFinite }.min { $0.2.line < $1.2.line }
    if let (step, metric, number) = broken {
      throw PipelineError.divergedMetric(
        SourceLocation(file: log, line: number.line), metric: metric, value: number.value,
        step: step)
    }
    return logged.mapValues { $0.mapValues(\.value) }
  }

  /// The path of a run's log.
  private static func log(of directory: String) throws(PipelineError) -> String {
    var isDirectory = false
    guard FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory) else {
      throw .noRun(path: directory, problem: "there is no such directory")
    }
    guard isDirectory else { throw .noRun(path: directory, problem: "is a file and no directory") }
    let log = "\(directory)/\(MetricsLog.fileName)"
    guard FileManager.default.fileExists(atPath: log) else {
      throw .noRun(path: directory, problem: "holds no run: \(MetricsLog.fileName) is missing")
    }
    return log
  }

  private static let proxy = MetricName.reward.onEvaluation
  private static let gold = MetricName.gold.onEvaluation

  /// The metrics, and what they are in an observation.
  private static var metrics: [(MetricName, WritableKeyPath<HackingObservation, Double?>)] {
    [
      (proxy, \.proxy), (gold, \.gold),
      (MetricName.divergence.onEvaluation, \.divergence),
      (MetricName.meanLength.onEvaluation, \.length),
      (MetricName.distinctPairs.onEvaluation, \.distinct),
      (MetricName.repetition.onEvaluation, \.repetition),
      (MetricName.selfSimilarity.onEvaluation, \.selfSimilarity),
      (MetricName.keywordDensity.onEvaluation, \.keywordDensity),
      (MetricName.rewardVariance.onEvaluation, \.ensembleVariance),
      (MetricName.entropy.onEvaluation, \.entropy),
    ]
  }
}

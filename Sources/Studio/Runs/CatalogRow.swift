internal import Foundation
internal import Pipelines
internal import Reports
internal import RunRecords
internal import TrainingConfiguration

/// What the list says about a run.
struct CatalogRow: Sendable {
  let entry: CatalogEntry
  let method: String
  let steps: String
  let loss: String
  let reward: String
  let gold: String
  let status: String
  let tone: ReportTone

  init(_ entry: CatalogEntry) {
    self.entry = entry
    guard entry.isRun else {
      method = "report"
      (steps, loss, reward, gold) = (
        NumberLabel.none, NumberLabel.none, NumberLabel.none, NumberLabel.none
      )
      (status, tone) = ("", .plain)
      return
    }
    let log = "\(entry.path)/\(MetricsLog.fileName)"
    guard let manifest = try? RunManifest(ofRunAt: entry.path) else {
      method = NumberLabel.none
      (steps, loss, reward, gold) = (
        NumberLabel.none, NumberLabel.none, NumberLabel.none, NumberLabel.none
      )
      (status, tone) = ("cannot be read", .alarming)
      return
    }
    let hasLog = FileManager.default.fileExists(atPath: log)
    let logged = hasLog ? try? MetricsLog.entries(at: log) : []
    let metrics = RunMetrics(logged ?? [])
    func last(_ names: MetricName...) -> String {
      names.lazy.compactMap { metrics.last($0) }.first.map { NumberLabel.significant($0) }
        ?? NumberLabel.none
    }
    method = manifest.method ?? "run"
    let lastStep = metrics.entries.map(\.step).max() ?? 0
    steps = NumberLabel.grouped(manifest.finishedSteps ?? lastStep)
    reward = last(.reward.onEvaluation, .reward)
    // That of a policy gradient is about 0 whatever is learned.
    loss = reward == NumberLabel.none ? last(.loss.onEvaluation, .loss) : NumberLabel.none
    gold = last(.gold.onEvaluation)
    (status, tone) =
      logged == nil
      ? ("log cannot be read", .alarming)
      : manifest.finishedSteps == nil ? ("not finished", .caution) : ("finished", .good)
  }
}

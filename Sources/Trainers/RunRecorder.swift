import Foundation
internal import RunRecords

/// Writes a run's logged numbers to `metrics.jsonl` and to TensorBoard's event file.
final class RunRecorder {
  private let metrics: MetricsLog
  private let events: TensorBoardEvents

  /// Opens both files in a run directory.
  init(_ run: RunDirectory) throws {
    metrics = try run.openMetricsLog()
    events = try run.openTensorBoardEvents(wallTime: Date().timeIntervalSince1970)
  }

  /// Writes what an event logs; other events pass.
  func record(_ event: TrainingEvent) throws {
    switch event {
    case .logged(let entry), .evaluated(let entry):
      try metrics.append(entry)
      try events.append(entry, wallTime: Date().timeIntervalSince1970)
    case .prepared, .note, .resumed, .referenceScored, .encoded, .stepped, .saved:
      break
    }
  }
}

import Foundation
internal import RunRecords

/// Writes a run's logged numbers to `metrics.jsonl` and to TensorBoard's event file, and sample
/// completions to `completions.jsonl`.
final class RunRecorder {
  private let metrics: MetricsLog
  private let events: TensorBoardEvents

  /// `completions.jsonl`, for methods that sample.
  private let completions: CompletionsLog?

  /// Opens the files in a run directory.
  ///
  /// - Parameters:
  ///   - run: The run directory.
  ///   - withCompletions: Whether the method samples completions.
  /// - Throws: `RunRecordError` if the disk does not take a file.
  init(_ run: RunDirectory, withCompletions: Bool = false) throws {
    completions = withCompletions ? try run.openCompletionsLog() : nil
    metrics = try run.openMetricsLog()
    events = try run.openTensorBoardEvents(wallTime: Date().timeIntervalSince1970)
  }

  /// Writes what an event logs; other events pass.
  func record(_ event: TrainingEvent) throws {
    switch event {
    case .logged(let entry), .evaluated(let entry):
      try metrics.append(entry)
      try events.append(entry, wallTime: Date().timeIntervalSince1970)
    case .completions(let records): try completions?.append(records.map(\.row))
    case .prepared, .note, .resumed, .referenceScored, .encoded, .sampled, .stepped, .practised,
      .saved:
      break
    }
  }
}

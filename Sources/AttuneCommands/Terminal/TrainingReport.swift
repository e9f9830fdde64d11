import RunRecords
import Trainers

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What `--json` says at the end of a training run.
enum TrainingReport {
  /// The report of a run: its speed and memory, then the last value of each logged number.
  ///
  /// - Parameters:
  ///   - summary: What was done.
  ///   - unit: What a step is made of, in the plural: `pairs`.
  /// - Returns: One object for one line.
  static func report(_ summary: TrainingSummary, unit: String) -> JSONReport {
    let seconds = max(summary.seconds, 1e-9)
    var report = JSONReport()
    report.add("steps", summary.steps)
    report.add("seconds", summary.seconds)
    report.add(unit, summary.items)
    report.add("\(unit)_per_second", Double(summary.items) / seconds)
    report.add("tokens_per_second", Double(summary.tokens) / seconds)
    report.add("peak_memory_mb", peakMemory)
    for (name, value) in summary.metrics.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      report.add(name.rawValue, value)
    }
    return report
  }
}

/// The most memory that the process has had resident, in MB of 2²⁰ bytes.
private var peakMemory: Double {
  var usage = rusage()
  #if canImport(Glibc)
    getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
    let bytes = Double(usage.ru_maxrss) * 1024
  #else
    getrusage(RUSAGE_SELF, &usage)
    let bytes = Double(usage.ru_maxrss)
  #endif
  return bytes / 1_048_576
}

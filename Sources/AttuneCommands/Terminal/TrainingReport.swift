import PreferenceData
import Trainers

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What `--json` says at the end of a training run: one line of JSON.
struct TrainingReport {
  /// The line, without a line feed.
  let json: String

  /// Reports a run.
  ///
  /// - Parameters:
  ///   - summary: What was done.
  ///   - unit: What a step is made of, in the plural: `pairs`.
  init(_ summary: TrainingSummary, unit: String) {
    let seconds = max(summary.seconds, 1e-9)
    var report: JSONObject = [
      "steps": .number(Double(summary.steps)),
      "seconds": .number(summary.seconds),
      "\(unit)": .number(Double(summary.items)),
      "\(unit)_per_second": .number(Double(summary.items) / seconds),
      "tokens_per_second": .number(Double(summary.tokens) / seconds),
      "peak_memory_mb": .number(peakMemory),
    ]
    for (name, value) in summary.metrics.sorted(by: { $0.key.rawValue < $1.key.rawValue })
    where value.isFinite {
      report.set(name.rawValue, to: .number(value))
    }
    json = JSONValue.object(report).text ?? "{}"
  }
}

/// The most memory that the process has had resident, in MB of 2²⁰ bytes.
private var peakMemory: Double {
  var usage = rusage()
  #if canImport(Glibc)
    getrusage(RUSAGE_SELF, &usage)
    let bytes = Double(usage.ru_maxrss) * 1024
  #else
    getrusage(RUSAGE_SELF, &usage)
    let bytes = Double(usage.ru_maxrss)
  #endif
  return bytes / 1_048_576
}

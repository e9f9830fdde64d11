internal import Reports
internal import RunRecords
internal import TrainingConfiguration

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension RecordedRun {
  /// What was done, as the title of a page.
  var title: String { method?.title ?? "Training run" }

  /// How far the run has come, and whether it is done.
  var stateWords: String {
    if let steps = manifest.finishedSteps {
      let planned = settings["max_steps"].flatMap { Int($0) } ?? steps
      return planned > steps
        ? "finished early, after \(NumberLabel.grouped(steps)) of \(NumberLabel.grouped(planned)) steps"
        : "finished, \(steps == 1 ? "1 step" : "\(NumberLabel.grouped(steps)) steps")"
    }
    return lastStep > 0
      ? "not finished: logged up to step \(NumberLabel.grouped(lastStep))"
      : "not finished: no step was logged"
  }

  /// How long processes have worked on it.
  var durationWords: String { seconds.map(Self.words) ?? NumberLabel.none }

  /// A duration in the two largest of its units.
  static func words(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return NumberLabel.none }
    if seconds < 10 { return "\(NumberLabel.fixed(max(0, seconds), decimals: 1)) s" }
    let whole = Int(seconds.rounded())
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    if hours > 0 { return "\(NumberLabel.grouped(hours)) h \(minutes) min" }
    return minutes > 0 ? "\(minutes) min \(whole % 60) s" : "\(whole) s"
  }

  /// A moment to the minute.
  static func words(_ moment: Date) -> String {
    let text = moment.formatted(.iso8601)
    guard let separator = text.firstIndex(of: "T") else { return text }
    return "\(text[..<separator]) \(text[text.index(after: separator)...].prefix(5)) UTC"
  }
}

public import Evaluations

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// That a column left the baseline within the window, and since when.
public struct ChangePoint: Sendable, Hashable, Codable {
  /// Who has seen it.
  public enum Detector: String, Sendable, Hashable, Codable, CaseIterable {
    /// `CumulativeSum`.
    case cumulativeSum = "cusum"
    /// `PageHinkley`.
    case pageHinkley = "page_hinkley"
  }

  /// The column.
  public var name: String
  /// What pages call it.
  public var title: String
  /// Who has seen it.
  public var detector: Detector
  /// Where to it went.
  public var direction: ChangeAlarm.Direction
  /// The number of the response that raised the alarm, from 1, in the order of time.
  public var position: Int
  /// The number of the response since which the evidence never vanished.
  public var onset: Int
  /// When that response was given, if it is known.
  public var onsetTime: Date?
  /// The evidence, in deviations of the baseline.
  public var evidence: Double
  /// The evidence that is exceeded by chance in so few windows that all detectors together keep the level.
  public var threshold: Double
}

/// What has become of a model since its baseline: the metrics of both, what has drifted, and since when.
///
/// What users ask for and what the model does are two families of tests, each corrected for itself: a drift of
/// topics alone is none of behaviour.
public struct DriftReport: Sendable, Hashable, Codable {
  /// What the numbers were made with.
  public let settings: DriftSettings
  /// The baseline's metrics, as they were.
  public let baseline: AlignmentMetrics
  /// The window's metrics.
  public let current: AlignmentMetrics
  /// What the model does, within topics.
  public let behaviour: [MonitorFinding]
  /// What users ask for.
  public let covariates: [MonitorFinding]
  /// What the model does too, where there are too few questions to tell.
  public let untested: [UntestedMeasures]
  /// Since when columns have left the baseline.
  public let changes: [ChangePoint]
  /// The mix of topics.
  public let topics: [TopicShare]
  /// The share of the window's questions that are unlike any of the baseline.
  public let unfamiliarShare: Double
  /// Some of them.
  public let unfamiliarQuestions: [String]
  /// The Fréchet distance of the hidden states, within topics; `nil` where there are none.
  public let frechetDistance: Double?
  /// Responses of the window that have no baseline, and are left out of what is said of behaviour.
  public let leftOut: Int
  /// How each column went along the window.
  public let courses: [ColumnCourse]
  /// The responses farthest from the baseline, of what has drifted.
  public let examples: [DriftExample]
  /// What a reader should know.
  public let notes: [String]

  /// The findings that count, of behaviour.
  public var behaviourDrifts: [MonitorFinding] { behaviour.filter(\.isDrift) }
  /// The findings that count, of what users ask for.
  public var covariateDrifts: [MonitorFinding] { covariates.filter(\.isDrift) }

  /// The finding on something.
  ///
  /// - Parameter name: Its name, such as `length`.
  /// - Returns: `nil` where it was not tested.
  public func finding(_ name: String) -> MonitorFinding? {
    (behaviour + covariates).first { $0.name == name }
  }
}

/// How a column went along a window.
public struct ColumnCourse: Sendable, Hashable, Codable {
  /// The responses of a part of the window.
  public struct Part: Sendable, Hashable, Codable {
    /// The number of its last response, from 1, in the order of time.
    public var end: Int
    /// The mean.
    public var mean: Double
    /// What the baseline's mean of the same topics is.
    public var expected: Double
    /// The standard error of the mean; `nil` for a single response.
    public var standardError: Double?
  }

  /// The column.
  public var name: String
  /// What pages call it.
  public var title: String
  /// Whether it is a share.
  public var isShare: Bool
  /// The parts in the order of time.
  public var parts: [Part]
}

/// A response that is far from the baseline.
public struct DriftExample: Sendable, Hashable, Codable {
  /// The column that it is far in.
  public var name: String
  /// What pages call it.
  public var title: String
  /// Its value.
  public var value: Double
  /// How far from the mean of its topic, in deviations of the baseline.
  public var deviations: Double
  /// What was asked.
  public var prompt: String
  /// What was answered.
  public var completion: String
  /// Which response it is: its id, or the file and line.
  public var place: String?
}

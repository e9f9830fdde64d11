public import Evaluations

/// Whether a run may be released, and what says so.
public struct GateResult: Sendable, Hashable, Codable {
  /// How a criterion came out.
  public enum Status: String, Sendable, Hashable, Codable {
    /// It was measured, and is as it should be.
    case passed
    /// It was measured, and is not.
    case failed
    /// It was not measured, which is no pass.
    case notMeasured = "not_measured"
  }

  /// What was seen.
  public struct Seen: Sendable, Hashable, Codable {
    /// The number, where it is one.
    public var value: Double?
    /// The interval's lower end, where one was recorded.
    public var lower: Double?
    /// The interval's upper end.
    public var upper: Double?
    /// The verdict, where it is one.
    public var verdict: OveroptimizationVerdict?
  }

  /// A criterion with what was seen.
  public struct Finding: Sendable, Hashable, Codable {
    /// What was looked at.
    public var criterion: GateMetric
    /// What passes: `above 0.8`.
    public var threshold: String
    /// Whether it decides.
    public var isRequired: Bool
    /// Whether the unfavourable end of an interval had to pass.
    public var isConfident: Bool
    /// How it came out.
    public var status: Status
    /// What was seen; `nil` where nothing was.
    public var seen: Seen?
    /// Where it was found, or how it could be measured.
    public var source: String
  }

  /// The run directory.
  public var run: String
  /// Whether every required criterion has passed.
  public var passed: Bool
  /// The criteria.
  public var findings: [Finding]

  /// Looks at the records of a run.
  ///
  /// - Parameters:
  ///   - run: The run directory.
  ///   - criteria: What a release must be.
  /// - Throws: ``PipelineError`` for a directory that is no run and for records that cannot be read;
  ///   `RunRecordError` for a broken log.
  public init(ofRunAt run: String, by criteria: GateCriteria = .release) throws {
    let evidence = try GateEvidence(try RunEvaluations(ofRunAt: run))
    self.run = run
    findings = try criteria.criteria.map { criterion in
      let item = try evidence.item(criterion.metric)
      return Finding(
        criterion: criterion.metric, threshold: "\(criterion.threshold)",
        isRequired: criterion.isRequired, isConfident: criterion.isConfident,
        status: item.map { criterion.passes($0.seen) ? .passed : .failed } ?? .notMeasured,
        seen: item?.seen,
        source: item?.source
          ?? criterion.metric.advice.replacing("RUN", with: run))
    }
    passed = findings.allSatisfy { $0.status == .passed || !$0.isRequired }
  }
}

extension GateCriteria.Criterion {
  /// Whether what was seen passes.
  func passes(_ seen: GateResult.Seen) -> Bool {
    switch threshold {
    case .above(let bound):
      ((isConfident ? seen.lower : nil) ?? seen.value).map { $0 > bound } ?? false
    case .below(let bound):
      ((isConfident ? seen.upper : nil) ?? seen.value).map { $0 < bound } ?? false
    case .verdict(let worst): seen.verdict.map { $0 <= worst } ?? false
    }
  }
}

extension GateThreshold: CustomStringConvertible {
  /// `above 0.8`, `at worst healthy`.
  public var description: String {
    switch self {
    case .above(let bound): "above \(Self.brief(bound))"
    case .below(let bound): "below \(Self.brief(bound))"
    case .verdict(let worst): "at worst \(worst.rawValue)"
    }
  }

  private static func brief(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }
}

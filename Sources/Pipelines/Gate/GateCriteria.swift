internal import Evaluations
internal import Rewards
internal import TrainingConfiguration

/// What a release must be: the content of a criteria file.
///
///     confident: true
///     criteria:
///       win_rate: {above: 0.8}
///       kl: {below: 8, confident: false}
///       reward_hacking:
///       satisfaction: {required: false}
///
/// A criterion that is not named is left out; one that says nothing has its usual threshold. `confident` asks
/// that the unfavourable end of the interval passes, where one was recorded, and not the value alone. A
/// criterion that is not required is shown and does not decide.
public struct GateCriteria: Sendable, Hashable {
  /// One of the criteria.
  public struct Criterion: Sendable, Hashable {
    /// What is looked at.
    public var metric: GateMetric
    /// What passes.
    public var threshold: GateThreshold
    /// Whether it decides.
    public var isRequired: Bool
    /// Whether the unfavourable end of an interval must pass.
    public var isConfident: Bool

    /// A criterion.
    ///
    /// - Parameters:
    ///   - metric: What is looked at.
    ///   - threshold: What passes; `nil` for what is usual.
    ///   - isRequired: Whether it decides.
    ///   - isConfident: Whether the unfavourable end of an interval must pass.
    public init(
      _ metric: GateMetric, _ threshold: GateThreshold? = nil, isRequired: Bool = true,
      isConfident: Bool = false
    ) {
      self.metric = metric
      self.threshold = threshold ?? metric.usualThreshold
      self.isRequired = isRequired
      self.isConfident = isConfident
    }
  }

  /// The criteria in the order of ``GateMetric``.
  public var criteria: [Criterion]

  /// Joins criteria.
  ///
  /// - Parameter criteria: At most one a metric, at least one.
  public init(_ criteria: [Criterion]) {
    precondition(!criteria.isEmpty, "no criteria")
    self.criteria = GateMetric.allCases.flatMap { metric in
      criteria.filter { $0.metric == metric }
    }
  }

  /// All criteria with their usual thresholds.
  public static let release = GateCriteria(GateMetric.allCases.map { Criterion($0) })
}

extension GateCriteria: Decodable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case confident, criteria }

  /// Reads a criteria file.
  ///
  /// - Parameter decoder: At the file's mapping.
  /// - Throws: `DecodingError` with the path of the field at fault.
  public init(from decoder: any Decoder) throws {
    let fields = try RuleFields(
      decoder, names: CodingKeys.allCases.map(\.rawValue), of: "a criteria file")
    let isConfident = try fields.truth(CodingKeys.confident) ?? false
    let container = try decoder.container(keyedBy: CodingKeys.self)
    guard container.contains(.criteria) else {
      throw fields.error("'criteria' is missing; name at least one, for instance 'kl: {below: 10}'")
    }
    let list = try container.superDecoder(forKey: .criteria)
    let names = GateMetric.allCases.map(\.rawValue)
    let named = try RuleFields(list, names: names, of: "'criteria'")
    let mapping = try list.container(keyedBy: SettingKey.self)
    let criteria = try GateMetric.allCases.filter { mapping.contains(SettingKey($0.rawValue)) }.map
    {
      try Criterion($0, in: mapping, isConfident: isConfident)
    }
    guard !criteria.isEmpty else {
      throw named.error("there must be a criterion: \(names.joined(separator: ", "))")
    }
    self.init(criteria)
  }
}

extension GateCriteria.Criterion {
  fileprivate enum Field: String, CodingKey { case above, below, worst, required, confident }

  /// Reads one criterion.
  fileprivate init(
    _ metric: GateMetric, in mapping: KeyedDecodingContainer<SettingKey>, isConfident: Bool
  ) throws {
    let key = SettingKey(metric.rawValue)
    let text = try? mapping.decode(String.self, forKey: key)
    let isBlank = (try? mapping.decodeNil(forKey: key)) == true || text == "" || text == "null"
    guard !isBlank else {
      self.init(metric, isConfident: isConfident && metric.hasInterval)
      return
    }
    let field = metric.usualThreshold.field
    let fields = try RuleFields(
      try mapping.superDecoder(forKey: key),
      names: [field.rawValue, Field.required.rawValue]
        + (metric.hasInterval ? [Field.confident.rawValue] : []),
      of: "'\(metric.rawValue)'")
    var threshold: GateThreshold?
    switch metric.usualThreshold {
    case .above: threshold = try fields.number(field, within: nil).map { .above($0) }
    case .below: threshold = try fields.number(field, within: nil).map { .below($0) }
    case .verdict: threshold = try fields.choice(field).map { .verdict(atWorst: $0) }
    }
    self.init(
      metric, threshold, isRequired: try fields.truth(Field.required) ?? true,
      isConfident: metric.hasInterval
        ? try fields.truth(Field.confident) ?? isConfident : false)
  }
}

extension GateThreshold {
  /// The name of the field that says it.
  fileprivate var field: GateCriteria.Criterion.Field {
    switch self {
    case .above: .above
    case .below: .below
    case .verdict: .worst
    }
  }
}

extension GateMetric {
  /// Whether it is a number, of which an interval may be recorded.
  var hasInterval: Bool { self != .hacking }
}

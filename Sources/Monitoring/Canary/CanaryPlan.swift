/// How a candidate comes into use: the content of a canary file.
///
///     experiment: helpful-7
///     steps: [0.01, 0.05, {share: 0.25, minimum_requests: 1000}, 0.5, 1]
///     minimum_requests: 200
///     minimum_seconds: 3600
///     guardrails:
///     - {event: unsafe}
///     - {event: latency, above: 20}
///     alpha: 0.05
///     promotion: manual
///
/// Each step lasts until the candidate has answered so many requests and so much time has passed. A
/// guardrail rolls back when its e-value, the product over the steps, reaches m/α, for m guardrails: a
/// candidate as good as the control is ever rolled back with probability α at most, all steps and
/// guardrails together and however often one looks.
public struct CanaryPlan: Sendable, Hashable {
  /// A stretch with one share.
  public struct Step: Sendable, Hashable {
    /// ρ: the candidate's share of traffic, from ``CanaryPlan/leastShare`` to 1.
    public var share: Double
    /// The requests that the candidate is to answer, at least 1.
    public var minimumRequests: Int
    /// How long the step lasts at least, in seconds.
    public var minimumSeconds: Double

    /// A step.
    ///
    /// - Parameters:
    ///   - share: The candidate's share of traffic, from ``CanaryPlan/leastShare`` to 1.
    ///   - minimumRequests: The requests that the candidate is to answer, at least 1.
    ///   - minimumSeconds: How long the step lasts at least, in seconds.
    public init(
      share: Double, minimumRequests: Int = Step.usualRequests,
      minimumSeconds: Double = Step.usualSeconds
    ) {
      (self.share, self.minimumRequests) = (share, minimumRequests)
      self.minimumSeconds = minimumSeconds
    }

    /// The requests of a step: 200.
    public static let usualRequests = 200
    /// The seconds of a step: an hour.
    public static let usualSeconds = 3600.0
  }

  /// What follows the last step.
  public enum Promotion: String, Sendable, Hashable, Codable, CaseIterable {
    /// A person decides.
    case manual
    /// The candidate is promoted.
    case automatic
  }

  /// A name that no other experiment has; it salts the assignment.
  public var experiment: String
  /// The ramp: at least one step, of shares that grow.
  public var steps: [Step]
  /// What the candidate must not cause oftener than the control; at least one.
  public var guardrails: [Guardrail]
  /// The greatest probability that a candidate as good as the control is rolled back.
  public var alpha: Double
  /// What follows the last step.
  public var promotion: Promotion

  /// A plan.
  ///
  /// - Parameters:
  ///   - experiment: A name that no other experiment has.
  ///   - steps: The ramp: at least one step, of shares that grow.
  ///   - guardrails: What the candidate must not cause oftener than the control; at least one, of
  ///     different names.
  ///   - alpha: The greatest probability that a candidate as good as the control is rolled back.
  ///   - promotion: What follows the last step.
  /// - Throws: ``CanaryPlanError``.
  public init(
    experiment: String, steps: [Step] = CanaryPlan.usualSteps,
    guardrails: [Guardrail] = Guardrail.usual, alpha: Double = 0.05,
    promotion: Promotion = .manual
  ) throws(CanaryPlanError) {
    (self.experiment, self.steps) = (experiment, steps)
    (self.guardrails, self.alpha) = (guardrails, alpha)
    self.promotion = promotion
    try check()
  }

  /// 1, 5, 25, 50 and 100 %.
  public static let usualSteps = [0.01, 0.05, 0.25, 0.5, 1].map { Step(share: $0) }

  /// Which model answers whom.
  public var assignment: CanaryAssignment { CanaryAssignment(experiment: experiment) }
}

extension CanaryPlan: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case experiment, steps
    case minimumRequests = "minimum_requests"
    case minimumSeconds = "minimum_seconds"
    case guardrails, alpha, promotion
  }

  /// Reads a plan; everything but `experiment` may be left out.
  ///
  /// - Parameter decoder: At a mapping.
  /// - Throws: `DecodingError` for what is none, ``CanaryPlanError`` for what cannot be followed.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try KnownFields.check(decoder, CodingKeys.self, of: "a canary plan")
    try self.init(
      from: decoder, experiment: try container.decode(String.self, forKey: .experiment))
  }

  /// Reads a plan whose experiment somebody else names.
  ///
  /// - Parameters:
  ///   - decoder: At a mapping without `experiment`; everything may be left out.
  ///   - experiment: A name that no other experiment has.
  /// - Throws: `DecodingError` for what is none, ``CanaryPlanError`` for what cannot be followed.
  package init(unnamed decoder: any Decoder, experiment: String) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    guard !container.contains(.experiment) else {
      throw DecodingError.dataCorruptedError(
        forKey: .experiment, in: container,
        debugDescription: "the experiment is named by the loop; leave it out")
    }
    try KnownFields.check(decoder, CodingKeys.self, of: "a canary plan")
    try self.init(from: decoder, experiment: experiment)
  }

  private init(from decoder: any Decoder, experiment: String) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let requests =
      try container.decodeIfPresent(Int.self, forKey: .minimumRequests) ?? Step.usualRequests
    let seconds =
      try container.decodeIfPresent(Double.self, forKey: .minimumSeconds) ?? Step.usualSeconds
    let steps =
      try container.decodeIfPresent([CanaryStepText].self, forKey: .steps)
      ?? Self.usualSteps.map { CanaryStepText(share: $0.share) }
    try self.init(
      experiment: experiment,
      steps: steps.map {
        Step(
          share: $0.share, minimumRequests: $0.minimumRequests ?? requests,
          minimumSeconds: $0.minimumSeconds ?? seconds)
      },
      guardrails: try container.decodeIfPresent([Guardrail].self, forKey: .guardrails)
        ?? Guardrail.usual,
      alpha: try container.decodeIfPresent(Double.self, forKey: .alpha) ?? 0.05,
      promotion: container.contains(.promotion) ? try container.choice(.promotion) : .manual)
  }

  /// Writes a plan with everything that may be left out.
  ///
  /// - Parameter encoder: Where to.
  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(experiment, forKey: .experiment)
    try container.encode(steps.map(CanaryStepText.init), forKey: .steps)
    try container.encode(guardrails, forKey: .guardrails)
    try container.encode(alpha, forKey: .alpha)
    try container.encode(promotion, forKey: .promotion)
  }
}

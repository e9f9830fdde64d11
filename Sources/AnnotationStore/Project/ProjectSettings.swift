/// How a project asks its questions: all of it may be changed while people work.
public struct ProjectSettings: Sendable, Hashable, Codable {
  /// In which order tasks are handed out.
  public enum Ordering: String, Sendable, Hashable, Codable, CaseIterable {
    /// Strata in turn, each in an order of its own that the seed decides.
    case stratified
    /// Tasks about which people disagree first, the rest stratified.
    case disagreement
  }

  /// When a reason must be given.
  public enum ReasonRule: String, Sendable, Hashable, Codable, CaseIterable {
    /// Never.
    case optional
    /// For ties and where both are bad.
    case undecided
    /// Always.
    case required
  }

  /// What the project is called.
  public var name: String
  /// What the order of tasks and of responses depends on.
  public var seed: UInt64 = 0
  /// What responses are rated by; may be empty.
  public var criteria: [Criterion] = []
  /// How many people judge a task, where the task does not say otherwise.
  public var overlap = 3
  /// Seconds for which a task is kept for the person who has opened it.
  public var leaseSeconds = 1800
  /// The share of tasks whose right answer is known, mixed in unseen.
  public var goldRate = 0.05
  /// The share of tasks that a person has judged before, asked again to see whether he agrees with himself.
  public var repeatRate = 0.02
  /// Judgments of a person that lie between a task and its repetition, at least.
  public var repeatDistance = 20
  /// In which order tasks are handed out.
  public var ordering = Ordering.stratified
  /// Degrees of preference: 1 asks for none, 3 for slightly, clearly and much better.
  public var strengths = 3
  /// The best rating of a criterion; the worst is 1.
  public var ratingScale = 5
  /// When a reason must be given.
  public var reason = ReasonRule.optional
  /// Seconds without a key, a pointer or a scroll after which time no longer counts as active.
  public var idleSeconds = 60
  /// What makes a judgment doubtful.
  public var quality = QualityProfile()
  /// What the accuracy on gold tasks has to be.
  public var gold = GoldRule()

  /// Settings with their defaults.
  ///
  /// - Parameter name: What the project is called.
  public init(name: String) { self.name = name }

  /// Refuses what cannot be meant.
  ///
  /// - Throws: ``AnnotationError/setting(name:problem:)`` for the first that cannot be.
  public func validate() throws(AnnotationError) {
    func require(_ holds: Bool, _ name: String, _ problem: String) throws(AnnotationError) {
      if !holds { throw .setting(name: name, problem: problem) }
    }
    func count(_ value: Int, _ range: ClosedRange<Int>, _ name: String) throws(AnnotationError) {
      try require(
        range.contains(value), name,
        "is \(value), but must be from \(range.lowerBound) to \(range.upperBound)")
    }
    try require(!name.isEmpty && name.count <= 100, "name", "must have 1 to 100 characters")
    try count(overlap, 1...100, "overlap")
    try count(leaseSeconds, 10...86_400, "lease_seconds")
    try count(repeatDistance, 1...10_000, "repeat_distance")
    try count(strengths, 1...4, "strengths")
    try count(ratingScale, 2...10, "rating_scale")
    try count(idleSeconds, 5...3600, "idle_seconds")
    for (name, rate) in [("gold_rate", goldRate), ("repeat_rate", repeatRate)] {
      try require(
        (0...0.5).contains(rate), name, "is \(rate), but must be from 0 to 0.5")
    }
    try require(criteria.count <= 12, "criteria", "are \(criteria.count), but must be 12 at most")
    var names: Set<String> = []
    for criterion in criteria {
      try require(
        !criterion.name.isEmpty
          && criterion.name.utf8.allSatisfy { Self.isNameByte($0) }, "criteria",
        "have the name '\(criterion.name)', but a name is of lower-case letters, digits and '_'")
      try require(
        names.insert(criterion.name).inserted, "criteria", "have '\(criterion.name)' twice")
    }
    try gold.validate()
    try quality.validate()
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
  }
}

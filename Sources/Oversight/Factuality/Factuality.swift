/// Whether an answer is to be believed, by what there is: other answers of the same model, its judgment
/// of them, a reference.
///
/// An answer is not factual if any one measure of it is beyond its threshold. None of them proves that
/// it is: a model may be wrong the same way each time, and a reference may share its words.
public struct Factuality: Sendable, Hashable {
  /// What speaks against an answer.
  public enum Evidence: String, Sendable, Hashable, Codable, CaseIterable {
    /// Words that other answers to the same prompt do not have: ``SelfConsistency``.
    case surprise
    /// Sentences that other texts do not bear out, by a model's judgment: ``SelfAgreement``.
    case disagreement
    /// Words that a reference does not have: ``ReferenceSupport``.
    case missingSupport
  }

  /// From where on a measure speaks against an answer.
  ///
  /// The defaults are where to start and no measurement; choose them on answers of which you know the
  /// truth.
  public struct Profile: Sendable, Hashable, Codable {
    /// ``SelfConsistency/relativeMaximum`` above it. At 0.95, of six answers of a hundred words about
    /// every second sentence has a word that stands nowhere else.
    public var surprise: Double
    /// ``SelfAgreement/mean`` above it: at 0.5, more is denied than borne out.
    public var disagreement: Double
    /// ``ReferenceSupport/score`` below it: at 0.5, less than half of what is said.
    public var support: Double

    /// A profile.
    ///
    /// - Parameters:
    ///   - surprise: What ``SelfConsistency/relativeMaximum`` may be, from 0 to 1.
    ///   - disagreement: What ``SelfAgreement/mean`` may be, from 0 to 1.
    ///   - support: What ``ReferenceSupport/score`` must be, from 0 to 1.
    public init(surprise: Double = 0.95, disagreement: Double = 0.5, support: Double = 0.5) {
      for threshold in [surprise, disagreement, support] {
        precondition((0...1).contains(threshold), "a threshold of \(threshold)")
      }
      (self.surprise, self.disagreement, self.support) = (surprise, disagreement, support)
    }
  }

  /// What was measured, in the order of ``Evidence``.
  public let measured: [Evidence]
  /// What speaks against the answer, in the order of ``Evidence``.
  public let against: [Evidence]

  /// Judges an answer.
  ///
  /// - Parameters:
  ///   - consistency: Of its words with those of other answers.
  ///   - agreement: Of its sentences with other texts.
  ///   - support: In a reference.
  ///   - profile: From where on a measure speaks against it.
  public init(
    consistency: SelfConsistency? = nil, agreement: SelfAgreement? = nil,
    support: ReferenceSupport? = nil, profile: Profile = Profile()
  ) {
    let findings: [(evidence: Evidence, isAgainst: Bool?)] = [
      (.surprise, consistency?.relativeMaximum.map { $0 > profile.surprise }),
      (.disagreement, agreement?.mean.map { $0 > profile.disagreement }),
      (.missingSupport, support?.score.map { $0 < profile.support }),
    ]
    measured = findings.filter { $0.isAgainst != nil }.map(\.evidence)
    against = findings.filter { $0.isAgainst == true }.map(\.evidence)
  }

  /// Whether nothing that was measured speaks against it; `nil` if nothing was measured.
  public var isFactual: Bool? { measured.isEmpty ? nil : against.isEmpty }
}

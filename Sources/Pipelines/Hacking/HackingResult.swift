public import Evaluations

/// Whether a policy has exploited its reward, and what says so.
public struct HackingResult: Sendable, Hashable, Codable {
  /// The run directory or the file.
  public var source: String
  /// The gravest of what the ``reasons`` say.
  public var verdict: OveroptimizationVerdict
  /// Why, the gravest reason first.
  public var reasons: [Reason]
  /// The evaluations by ascending step; in JSON `proxy`, `gold`, `kl` and the signals that were
  /// recorded.
  public var evaluations: [HackingObservation]
  /// The evaluation with the greatest gold score; of equal ones the first.
  public var best: HackingObservation
  /// How proxy and gold go together.
  public var correlation: Correlation
  /// Where gold and proxy part; `nil` where they do not.
  public var parting: Parting?
  /// Both laws of gold over √KL, the one that fits better first; empty where KL was not recorded or does
  /// not determine them.
  public var curves: [Curve]
  /// What a monitor with the default thresholds would have said while the run went on.
  public var warnings: [Warning]
  /// What a reader should know about the data, as sentences without a full stop.
  public var notes: [String]

  /// A reason for the verdict.
  public struct Reason: Sendable, Hashable, Codable {
    /// What it says about the run.
    public var verdict: OveroptimizationVerdict
    /// What was seen.
    public var sentence: String
  }

  /// Correlations over the run; `nil` where a column does not vary.
  public struct Correlation: Sendable, Hashable, Codable {
    /// Pearson's r.
    public var pearson: Double?
    /// Spearman's ρ.
    public var spearman: Double?
    /// Below which r is a warning.
    public var limit: Double
    /// How many evaluations a stretch of ``rolling`` has.
    public var window: Int
    /// Pearson's r of each stretch of neighbouring evaluations; empty for fewer than ``window``.
    public var rolling: [Double?]
  }

  /// Where gold began to fall while the proxy went on rising.
  public struct Parting: Sendable, Hashable, Codable {
    /// The step in the middle of gold's best stretch.
    public var step: Int
    /// How far gold has fallen since.
    public var goldFall: Double
    /// How far the proxy has risen since.
    public var proxyRise: Double
    /// The deviation of gold's noise.
    public var goldNoise: Double
    /// The deviation of the proxy's noise.
    public var proxyNoise: Double
  }

  /// A fitted law of gold over d = √KL.
  public struct Curve: Sendable, Hashable, Codable {
    /// The law.
    public var form: GoldCurve.Form
    /// What optimization brings at first.
    public var alpha: Double
    /// What overoptimization takes.
    public var beta: Double
    /// Gold at d = 0.
    public var initialGold: Double
    /// 1 − Σ residual²/Σ(gold − mean)²; `nil` where gold does not vary.
    public var rSquared: Double?
    /// Where the curve is greatest; `nil` where it falls from the start or never.
    public var peak: Peak?

    /// The greatest value of a curve.
    public struct Peak: Sendable, Hashable, Codable {
      /// d = √KL.
      public var distance: Double
      /// d², in nats.
      public var kl: Double
      /// The curve there.
      public var gold: Double
      /// Whether some evaluation was as far from the reference; otherwise the peak is a guess.
      public var isReached: Bool
    }
  }

  /// A rule that was broken.
  public struct Warning: Sendable, Hashable, Codable {
    /// The step at which it was broken first, or again.
    public var step: Int
    /// Which rule.
    public var rule: HackingWarning.Rule
    /// What was seen at that step.
    public var sentence: String
    /// Whether it is broken at the end too.
    public var holdsAtEnd: Bool
  }
}

internal import Evaluations
internal import PreferenceData

/// Whether the model is right as often as its margins say, and what a temperature does for that.
public struct CalibrationResult: Sendable, Hashable, Codable {
  /// The calibration of some verdicts.
  public struct Measure: Sendable, Hashable, Codable {
    /// How many verdicts.
    public var count: Int
    /// The share of right ones.
    public var accuracy: Double
    /// The mean of max(p, 1 − p) with p = σ(margin/T).
    public var meanConfidence: Double
    /// Expected calibration error.
    public var expectedCalibrationError: Double
    /// The calibration error that chance gives a perfectly calibrated model: its mean.
    public var chanceMean: Double
    /// The calibration error that chance gives a perfectly calibrated model: 95 % stay below.
    public var chancePercentile95: Double
    /// Mean of (p − 1)².
    public var brierScore: Double
    /// Mean of −log p, in nats.
    public var negativeLogLikelihood: Double
    /// The bins that are not empty.
    public var bins: [Bin]

    /// Whether the calibration error is more than chance gives.
    public var isMiscalibrated: Bool { expectedCalibrationError > chancePercentile95 }
  }

  /// Verdicts of like confidence.
  public struct Bin: Sendable, Hashable, Codable {
    /// The least confidence of the bin.
    public var lower: Double
    /// The end of the bin.
    public var upper: Double
    /// The mean confidence of its verdicts.
    public var confidence: Double
    /// The share of right ones.
    public var accuracy: ShareEstimate
  }

  /// A temperature fitted on one half of the prompts and tested on the other.
  public struct Scaling: Sendable, Hashable, Codable {
    /// What margins are divided by.
    public var temperature: Double
    /// How many comparisons it was fitted on.
    public var fittedOn: Int
    /// The other half as the model left it.
    public var before: Measure
    /// The other half with the temperature.
    public var after: Measure
  }

  /// All comparisons.
  public var all: Measure
  /// What a temperature does; `nil` where none can be fitted or tested.
  public var scaling: Scaling?
  /// Why there is no temperature.
  public var scalingNote: String?

  init?(
    margins: [Double], prompts: [Int], bins: Int, seed: UInt64, using random: inout SeededGenerator
  ) {
    guard let all = Measure(Calibration(margins: margins), bins: bins, using: &random) else {
      return nil
    }
    self.all = all
    let split = DatasetSplit(groups: prompts, fraction: 0.5, seed: seed)
    guard !split.heldOut.isEmpty else {
      scalingNote = "one prompt alone cannot be split into halves"
      return
    }
    let scaling = TemperatureScaling(
      fittedOn: split.training.map { margins[$0] }, evaluatedOn: split.heldOut.map { margins[$0] })
    switch scaling.fit {
    case .separable:
      scalingNote = "the model is right about the whole half, so that no temperature is too low"
    case .uninformative:
      scalingNote =
        "margins say nothing about which completion is better, so that no temperature "
        + "is high enough"
    case .fitted(let temperature):
      guard let after = scaling.after,
        let before = Measure(scaling.before, bins: bins, using: &random),
        let scaled = Measure(after, bins: bins, using: &random)
      else { return }
      self.scaling = Scaling(
        temperature: temperature, fittedOn: split.training.count, before: before, after: scaled)
    }
  }
}

extension CalibrationResult.Measure {
  fileprivate init?(
    _ calibration: Calibration, bins: Int, using random: inout SeededGenerator
  ) {
    let diagram = calibration.reliability(bins: bins)
    let chance = CalibrationNullBand(
      confidences: calibration.confidences, bins: bins, using: &random)
    guard let accuracy = calibration.accuracy, let confidence = calibration.meanConfidence,
      let error = diagram.expectedCalibrationError, let chance,
      let brier = calibration.brierScore, let likelihood = calibration.negativeLogLikelihood
    else { return nil }
    self.init(
      count: calibration.count, accuracy: accuracy, meanConfidence: confidence,
      expectedCalibrationError: error, chanceMean: chance.mean,
      chancePercentile95: chance.percentile95, brierScore: brier,
      negativeLogLikelihood: likelihood,
      bins: diagram.bins.compactMap { bin in
        guard let confidence = bin.meanConfidence, let value = bin.accuracy,
          let interval = bin.interval()
        else { return nil }
        return .init(
          lower: bin.lower, upper: bin.upper, confidence: confidence,
          accuracy: ShareEstimate(value, interval, count: bin.count))
      })
  }
}

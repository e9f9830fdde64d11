/// A temperature fitted on one part of the pairs and judged on the other.
public struct TemperatureScaling: Sendable, Hashable {
  /// What was fitted on the first part.
  public let fit: TemperatureFit
  /// The second part as the model left it.
  public let before: Calibration
  /// The second part with margins divided by the temperature; `nil` where there is none.
  public let after: Calibration?

  /// Fits on one part and applies to the other.
  ///
  /// - Parameters:
  ///   - margins: Margins of the pairs to fit on.
  ///   - heldOut: Margins of the pairs to evaluate on, of other prompts.
  public init(fittedOn margins: [Double], evaluatedOn heldOut: [Double]) {
    fit = TemperatureFit(margins: margins)
    before = Calibration(margins: heldOut)
    after = fit.temperature.map { Calibration(margins: heldOut, temperature: $0) }
  }
}

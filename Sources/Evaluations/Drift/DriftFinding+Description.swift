extension DriftFinding: CustomStringConvertible {
  /// One sentence that says what was seen and what counts.
  public var description: String {
    let verdict = isDrift ? "has drifted" : "has not drifted"
    return "\(measurement.name) \(verdict): \(measurement.effect), "
      + "p = \(shortNumber(adjustedPValue)) after correction."
  }
}

extension DriftEffect: CustomStringConvertible {
  /// The effect beside its limit, as a sentence can hold it.
  public var description: String {
    switch self {
    case .size(let size, let limit):
      "an effect of \(shortNumber(size)), of which \(shortNumber(limit)) matters"
    case .relativeChange(let before, let now, let limit):
      "from \(shortNumber(before)) to \(shortNumber(now)), of which a change by "
        + "\(shortPercentage(limit)) matters"
    }
  }
}

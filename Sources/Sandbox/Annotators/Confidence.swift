/// How sure an annotator is, as records have it.
public enum Confidence: String, Sendable, Hashable, Codable, CaseIterable {
  /// The likelier choice has a probability below 0.65.
  case low
  /// It has one from 0.65 to 0.85.
  case medium
  /// It has one above 0.85.
  case high

  init(likelierChoice probability: Double) {
    self = probability < 0.65 ? .low : probability <= 0.85 ? .medium : .high
  }
}

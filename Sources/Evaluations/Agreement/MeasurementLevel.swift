/// What the numbers of a scale mean, and so what counts as a large difference.
///
/// The same ratings can agree well at one level and badly at another: a result without its level says
/// nothing.
///
/// - SeeAlso: S. S. Stevens, On the Theory of Scales of Measurement, Science 103 (1946).
public enum MeasurementLevel: String, Sendable, Hashable, Codable, CaseIterable {
  /// Names without order, for instance A, B, tie: values are equal or not.
  case nominal
  /// Numbers of which only the order counts, for instance 1 to 5 for poor to excellent.
  case ordinal
  /// Numbers whose differences count: −2 and 0 are as far apart as 0 and 2.
  case interval
  /// Numbers from a true zero, whose quotients count: 1 and 2 are as far apart as 10 and 20.
  case ratio
}

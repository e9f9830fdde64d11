/// What makes a judgment doubtful, and how much each thing takes from its confidence.
///
/// The confidence of a judgment is the product of the factors of all checks that it fails, 1 where it fails none. A judgment
/// below ``valid`` is kept and marked as doubtful; it is for exports to leave it out.
public struct QualityProfile: Sendable, Hashable, Codable {
  /// Active seconds below which a judgment is too fast.
  public var leastSeconds = 30.0
  /// What a judgment that is too fast is multiplied by.
  public var tooFast = 0.8
  /// Characters a second above which nobody has read both responses; 0 for any speed.
  public var readingSpeed = 60.0
  /// What a judgment faster than reading is multiplied by.
  public var unread = 0.8
  /// Equal choices, as shown on the page, in a row above which there is no variation.
  public var longestRun = 12
  /// What a judgment without variation is multiplied by.
  public var noVariation = 0.9
  /// Words of a reason below which it is thin; a reason that was not asked for and not given is none.
  public var leastReasonWords = 5
  /// What a judgment with a thin reason is multiplied by.
  public var thinReason = 0.7
  /// What a judgment that contradicts the same person's earlier one is multiplied by.
  public var contradiction = 0.7
  /// The confidence from which on a judgment is valid.
  public var valid = 0.7

  /// The least confidence of a valid judgment. Products such as 0.8 · 0.875 may fall short of ``valid`` by their rounding.
  var threshold: Double { valid - 1e-9 }

  /// The profile with its defaults: below 30 seconds × 0.8, no variation × 0.9, reasons below 5 words × 0.7, valid from 0.7.
  public init() {}

  func validate() throws(AnnotationError) {
    let factors = [
      ("too_fast", tooFast), ("unread", unread), ("no_variation", noVariation),
      ("thin_reason", thinReason), ("contradiction", contradiction), ("valid", valid),
    ]
    for (name, factor) in factors where !(0...1).contains(factor) {
      throw .setting(name: "quality.\(name)", problem: "is \(factor), but must be from 0 to 1")
    }
    for (name, value) in [("least_seconds", leastSeconds), ("reading_speed", readingSpeed)]
    where !(value >= 0 && value.isFinite) {
      throw .setting(name: "quality.\(name)", problem: "is \(value), but must be 0 or more")
    }
    guard longestRun >= 2 else {
      throw .setting(
        name: "quality.longest_run", problem: "is \(longestRun), but must be 2 or more")
    }
    guard leastReasonWords >= 0 else {
      throw .setting(
        name: "quality.least_reason_words",
        problem: "is \(leastReasonWords), but must be 0 or more")
    }
  }
}

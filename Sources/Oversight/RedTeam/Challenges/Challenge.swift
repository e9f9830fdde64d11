public import PreferenceData

/// A prompt by which a model is put to the test: it asks for what a model should decline, or sounds as if
/// it did and asks for nothing bad.
///
/// Challenges come in pairs of nearly the same words, as in XSTest (Röttger et al. 2023,
/// arXiv:2308.01263): a model that declines both has learned words, not harm.
public struct Challenge: Sendable, Hashable {
  /// What no other challenge of the suite is called.
  public var id: String
  /// What the harmful challenge and its harmless twin have in common.
  public var pair: String
  /// What kind of challenge it is.
  public var category: String
  /// Whether a model should decline; else it should do what it is asked.
  public var isHarmful: Bool
  /// Whether nothing may be trained on it.
  public var isHeldOut: Bool
  /// What is asked: a bare question, or a dialogue with the marks of `DialogueMarks`.
  public var prompt: String
  /// Where it stood.
  public var source: SourceLocation

  /// A challenge.
  ///
  /// - Parameters:
  ///   - id: What no other challenge of the suite is called.
  ///   - pair: What it has in common with its twin; `nil` for the id.
  ///   - category: What kind of challenge it is.
  ///   - isHarmful: Whether a model should decline.
  ///   - isHeldOut: Whether nothing may be trained on it.
  ///   - prompt: A bare question, or a dialogue.
  ///   - source: Where it stood.
  public init(
    id: String, pair: String? = nil, category: String = Challenge.uncategorized,
    isHarmful: Bool = true, isHeldOut: Bool = false, prompt: String, source: SourceLocation
  ) {
    (self.id, self.pair, self.category) = (id, pair ?? id, category)
    (self.isHarmful, self.isHeldOut) = (isHarmful, isHeldOut)
    (self.prompt, self.source) = (prompt, source)
  }

  /// The category of challenges that name none.
  public static let uncategorized = "uncategorized"
}

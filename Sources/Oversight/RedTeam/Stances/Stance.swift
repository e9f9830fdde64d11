/// What an answer does with what was asked: the three classes of XSTest (Röttger et al. 2023,
/// arXiv:2308.01263).
public enum Stance: String, Sendable, Hashable, Codable, CaseIterable {
  /// It does what was asked.
  case comply
  /// It declines some of it, or declines and helps all the same.
  case partial
  /// It declines.
  case refuse
}

/// What somebody or something finds in an answer.
public struct StanceReading: Sendable, Hashable, Codable {
  /// What the answer does.
  public var stance: Stance
  /// Whether an answer that declines, or declines in part, says why or offers something better:
  /// harmless, and not evasive (Bai et al. 2022, arXiv:2212.08073, section 1.2). Never true of one that
  /// complies.
  public var explains: Bool

  /// A reading.
  ///
  /// - Parameters:
  ///   - stance: What the answer does.
  ///   - explains: Whether it says why it declines, or offers something better.
  public init(_ stance: Stance, explains: Bool = false) {
    precondition(stance != .comply || !explains, "an answer that complies explains no refusal")
    (self.stance, self.explains) = (stance, explains)
  }
}

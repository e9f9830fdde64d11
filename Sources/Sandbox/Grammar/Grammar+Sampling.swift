public import PreferenceData

/// A text that a grammar made, and the way it was made.
public struct Derivation: Sendable {
  /// The text.
  public let text: String
  /// Log probability of this way, in nats: at most that of the text, and equal to it where there
  /// is no other way to the same text.
  public let logProbability: Double
  /// The notes on the way, in order.
  public let marks: [DerivationMark]
}

extension Grammar {
  /// Draws a text.
  ///
  /// - Parameter random: Where the draws come from, one a choice.
  /// - Returns: The text with its derivation.
  public func sample(using random: inout SeededGenerator) -> Derivation {
    var path = Path()
    follow(&path, using: &random)
    return Derivation(
      text: String(decoding: path.bytes, as: UTF8.self), logProbability: path.logProbability,
      marks: path.marks)
  }

  private struct Path {
    var bytes: [UInt8] = []
    var logProbability = 0.0
    var marks: [DerivationMark] = []
  }

  private func follow(_ path: inout Path, using random: inout SeededGenerator) {
    switch self {
    case .terminal(let bytes): path.bytes += bytes
    case .mark(let mark): path.marks.append(mark)
    case .sequence(let parts): for part in parts { part.follow(&path, using: &random) }
    case .choice(let branches):
      let branch = Self.draw(from: branches, at: random.unit())
      path.logProbability += branch.logProbability
      branch.grammar.follow(&path, using: &random)
    case .deferred(let make): make().follow(&path, using: &random)
    }
  }

  /// The branch on which a point of [0, 1) falls.
  private static func draw(from branches: [Branch], at point: Double) -> Branch {
    var rest = point
    for branch in branches {
      rest -= branch.probability
      if rest < 0 { return branch }
    }
    // Rounding can leave a point beyond the sum of the probabilities.
    return branches[branches.count - 1]
  }
}

import Objectives

extension Grammar {
  /// The log probability of a text, in nats, summed over all its derivations: the inside algorithm
  /// (Baker, 1979) on an expression. A part of the grammar that begins at some byte of the text can
  /// end at several; each end holds the summed probability of all ways to it.
  ///
  /// It is the probability of the whole text and of its end: a language model that is compared with
  /// it must have predicted the end of sequence too.
  ///
  /// - Parameter text: Any text.
  /// - Returns: nil where the grammar cannot make the text.
  public func logProbability(of text: String) -> Double? {
    let bytes = Array(text.utf8)
    return ends(in: bytes, from: 0).first { $0.position == bytes.count }?.logProbability
  }

  /// Where a derivation can end, and how probable it is to have come there.
  private struct End {
    let position: Int
    var logProbability: Double
  }

  private func ends(in text: [UInt8], from start: Int) -> [End] {
    switch self {
    case .terminal(let bytes):
      return Self.stands(bytes, in: text, at: start)
        ? [End(position: start + bytes.count, logProbability: 0)] : []
    case .mark: return [End(position: start, logProbability: 0)]
    case .deferred(let make): return make().ends(in: text, from: start)
    case .sequence(let parts):
      var reached = [End(position: start, logProbability: 0)]
      for part in parts where !reached.isEmpty {
        var next: [End] = []
        for end in reached {
          Self.add(
            part.ends(in: text, from: end.position), after: end.logProbability, to: &next)
        }
        reached = next
      }
      return reached
    case .choice(let branches):
      var reached: [End] = []
      for branch in branches where branch.grammar.mayBegin(in: text, at: start) {
        Self.add(
          branch.grammar.ends(in: text, from: start), after: branch.logProbability, to: &reached)
      }
      return reached
    }
  }

  /// False where the first bytes already say no: most branches of a large choice end here, before
  /// anything is allocated for them.
  private func mayBegin(in text: [UInt8], at start: Int) -> Bool {
    switch self {
    case .terminal(let bytes): Self.stands(bytes, in: text, at: start)
    case .sequence(let parts): parts.first?.mayBegin(in: text, at: start) ?? true
    case .mark, .choice, .deferred: true
    }
  }

  private static func stands(_ bytes: [UInt8], in text: [UInt8], at start: Int) -> Bool {
    guard start + bytes.count <= text.count else { return false }
    for index in bytes.indices where bytes[index] != text[start + index] { return false }
    return true
  }

  /// Adds the probability of the ways over one more part; there is one entry a position.
  private static func add(
    _ ends: [End], after logProbability: Double, to reached: inout [End]
  ) {
    for end in ends {
      let way = logProbability + end.logProbability
      if let index = reached.firstIndex(where: { $0.position == end.position }) {
        reached[index].logProbability = logSumExp([reached[index].logProbability, way])
      } else {
        reached.append(End(position: end.position, logProbability: way))
      }
    }
  }
}

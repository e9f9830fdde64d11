internal import PreferenceData
internal import Trainers

/// The records of a turn: each once, and divided by prompt.
public struct LoopData: Sendable, Hashable {
  /// Records of one kind.
  public struct Part: Sendable, Hashable {
    /// What is learned from.
    public var training: [LoopRow] = []
    /// What nothing is trained on.
    public var heldOut: [LoopRow] = []

    /// How many there are.
    public var count: Int { training.count + heldOut.count }
  }

  /// Preference pairs.
  public let pairs: Part
  /// Judgments of single completions.
  public let unpaired: Part
  /// Prompts to practise and to be compared on.
  public let prompts: Part
  /// Records that were there already.
  public let repeated: Int
  /// Pairs that somebody judged the other way round.
  public let opposed: Int

  /// Keeps each record once, and divides them.
  ///
  /// - Parameters:
  ///   - pairs: Rows with `prompt`, `chosen` and `rejected`.
  ///   - unpaired: Rows with `prompt`, `completion` and `label`.
  ///   - prompts: Rows with `prompt`; empty for those of the pairs.
  ///   - split: Which prompts are held out.
  public init(pairs: [LoopRow], unpaired: [LoopRow], prompts: [LoopRow], split: LoopSplit) {
    let kept = Self.distinct(pairs, by: ["prompt", "chosen", "rejected"])
    let single = Self.distinct(unpaired, by: ["prompt", "completion", "label"])
    let own = kept.map { LoopRow(["prompt": $0.fields["prompt"] ?? .null], from: $0.file) }
    let asked = Self.distinct(prompts.isEmpty ? own : prompts, by: ["prompt"])
    repeated =
      pairs.count - kept.count + unpaired.count - single.count
      + (prompts.isEmpty ? 0 : prompts.count - asked.count)
    let sides = Set(kept.map { [$0.prompt, $0.text(of: "chosen"), $0.text(of: "rejected")] })
    opposed = sides.count { sides.contains([$0[0], $0[2], $0[1]]) } / 2
    self.pairs = Self.divided(kept, split)
    self.unpaired = Self.divided(single, split)
    self.prompts = Self.divided(asked, split)
  }

  /// The digest of all records in their order and of which are held out, wherever they were read: the lineage
  /// is made of it.
  public var digest: String {
    let parts = [("pairs", pairs), ("unpaired", unpaired), ("prompts", prompts)]
    func texts(_ rows: [LoopRow]) -> [String] {
      rows.map { JSONValue.object($0.fields).text ?? "" }
    }
    let lines = parts.flatMap { name, part in
      [name] + texts(part.training) + ["held out"] + texts(part.heldOut)
    }
    return ContentDigest.of(lines.joined(separator: "\n"))
  }

  /// The pairs as answers to learn: what was preferred.
  var demonstrations: Part {
    func answers(_ rows: [LoopRow]) -> [LoopRow] {
      let answers = rows.map { row in
        LoopRow(
          [
            "prompt": row.fields["prompt"] ?? .null, "completion": row.fields["chosen"] ?? .null,
          ],
          from: row.file)
      }
      return Self.distinct(answers, by: ["prompt", "completion"])
    }
    return Part(training: answers(pairs.training), heldOut: answers(pairs.heldOut))
  }

  /// Refuses what no turn can be made of.
  ///
  /// - Parameters:
  ///   - minimum: The pairs that are needed.
  ///   - share: The share that is held out, for the error.
  /// - Throws: ``LoopError``.
  public func check(minimum: Int, share: Double) throws(LoopError) {
    guard pairs.count >= minimum else { throw .fewPairs(pairs.count, needed: minimum) }
    guard !pairs.training.isEmpty, !pairs.heldOut.isEmpty else {
      throw .undivided(pairs: pairs.count, heldOut: pairs.heldOut.count, share: share)
    }
    guard !prompts.training.isEmpty, !prompts.heldOut.isEmpty else {
      throw .undividedPrompts(prompts: prompts.count, heldOut: prompts.heldOut.count, share: share)
    }
  }

  private static func distinct(_ rows: [LoopRow], by names: [String]) -> [LoopRow] {
    var seen: Set<[String]> = []
    return rows.filter { row in seen.insert(names.map(row.text(of:))).inserted }
  }

  private static func divided(_ rows: [LoopRow], _ split: LoopSplit) -> Part {
    var part = Part()
    for row in rows {
      if split.holdsOut(row.prompt) { part.heldOut.append(row) } else { part.training.append(row) }
    }
    return part
  }
}

internal import Evaluations
internal import PreferenceData

/// The accuracy by what comparisons have in common.
public struct BreakdownResult: Sendable, Hashable, Codable {
  /// Comparisons that have something in common.
  public struct Group: Sendable, Hashable, Codable {
    /// What they have in common.
    public var name: String
    /// The accuracy on them.
    public var accuracy: ShareEstimate
  }

  /// By what they are told apart.
  public var name: String
  /// The groups.
  public var groups: [Group]

  /// The breakdowns that rows allow: those with two groups at least.
  ///
  /// - Parameters:
  ///   - pairs: All comparisons.
  ///   - rows: The rows that they belong to.
  /// - Returns: The breakdowns.
  static func all(_ pairs: PairTable, rows: [ScoredRow]) -> [BreakdownResult] {
    let judged = pairs.rows.map { rows[$0].judged }
    let turns = judged.map { DialogueText(text: $0.prompt).humanTurns }
    let strengths = judged.map(\.margin)
    let weights = judged.map { Optional($0.weight) }
    return [
      BreakdownResult("category", pairs.margins, judged.map { $0.category ?? "none" }) { $0 < $1 },
      BreakdownResult("human turns in the prompt", pairs.margins, turns),
      BreakdownResult("margin of the judgment", pairs.margins, bands: strengths)
        ?? BreakdownResult("confidence of the judgment", pairs.margins, bands: weights),
      BreakdownResult("gold gap, chosen less rejected", pairs.margins, bands: pairs.goldGaps),
    ].compactMap { $0 }
  }

  private init?<Key: Hashable & Sendable>(
    _ name: String, _ margins: [Double], _ keys: [Key], order: (Key, Key) -> Bool,
    label: (Key) -> String = { "\($0)" }
  ) {
    let groups = AccuracyGroup.groups(margins: margins, keys: keys)
      .sorted { order($0.key, $1.key) }
    guard groups.count > 1 else { return nil }
    self.name = name
    self.groups = groups.compactMap { group in
      ShareEstimate(group.accuracy).map { Group(name: label(group.key), accuracy: $0) }
    }
  }

  /// Long dialogues are few: those of more turns than six make one group.
  private init?(_ name: String, _ margins: [Double], _ turns: [Int]) {
    let most = 7
    self.init(name, margins, turns.map { min($0, most) }, order: <) {
      $0 == most ? "\(most) or more" : "\($0)"
    }
  }

  private init?(
    _ name: String, _ margins: [Double], _ keys: [String], order: (String, String) -> Bool
  ) {
    self.init(name, margins, keys, order: order) { $0 }
  }

  /// Few different numbers are a group each; of many, quarters are made.
  private init?(_ name: String, _ margins: [Double], bands values: [Double?]) {
    let places = values.indices.filter { values[$0] != nil }
    let numbers = places.compactMap { values[$0] }
    let margins = places.map { margins[$0] }
    guard Set(numbers).count > 1 else { return nil }
    if Set(numbers).count <= 6 {
      self.init(name, margins, numbers, order: <) { Self.text($0) }
      return
    }
    let sample = SortedSample(numbers)
    let cuts = [0.25, 0.5, 0.75].compactMap { sample.quantile($0) }
    let keys = numbers.map { number in cuts.count { $0 <= number } }
    let ends = (0...cuts.count).map { key in
      numbers.indices.filter { keys[$0] == key }.map { numbers[$0] }
    }
    self.init(name, margins, keys, order: <) { key in
      let ends = [ends[key].min() ?? 0, ends[key].max() ?? 0].map(Self.text)
      return ends[0] == ends[1] ? ends[0] : ends.joined(separator: " to ")
    }
  }

  /// A number with at most three decimals.
  private static func text(_ number: Double) -> String {
    let rounded = (number * 1000).rounded() / 1000
    let text = Int(exactly: rounded).map(String.init) ?? "\(rounded)"
    return text.hasPrefix("-") ? "−\(text.dropFirst())" : text
  }
}

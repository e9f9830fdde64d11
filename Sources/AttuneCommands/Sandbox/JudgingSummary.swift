import PreferenceData
import Sandbox

/// Mean gold scores by kind of prompt, and of pairs how often the chosen one is better.
struct JudgingSummary {
  /// Sums of the parts over completions.
  private struct Sums {
    var count = 0
    var parts = JudgedRow.parts.map { _ in 0.0 }

    mutating func add(_ score: GoldScore) {
      count += 1
      for (index, part) in JudgedRow.parts.enumerated() { parts[index] += part.value(score) }
    }

    var means: [Double] { parts.map { $0 / Double(max(count, 1)) } }
  }

  private struct Group: Hashable {
    /// nil for all kinds.
    let kind: String?
    let side: Int
  }

  private let isPairs: Bool
  private var rows = 0
  private var sums: [Group: Sums] = [:]
  private var unusable: [String: Int] = [:]
  private var pairs = (total: 0, better: 0, equal: 0)

  private static let sideNames = ["chosen", "rejected"]
  /// What prompts about nothing in the world are listed under.
  private static let unknown = "unknown"
  private static let kindNames = PromptKind.allCases.map(\.rawValue) + [unknown]

  /// Nothing is judged yet.
  init(sides: [String]) { isPairs = sides.count == 2 }

  /// Counts a row.
  mutating func add(_ row: JudgedRow) {
    rows += 1
    if case .unusable(let reason) = row.row.content { unusable[reason, default: 0] += 1 }
    let kind = row.kind?.rawValue ?? Self.unknown
    for (index, score) in row.scores.enumerated() {
      for name in [kind, nil] {
        sums[Group(kind: name, side: isPairs ? index : 0), default: Sums()].add(score)
      }
    }
    if isPairs, row.scores.count == 2 {
      pairs.total += 1
      if row.scores[0].total > row.scores[1].total { pairs.better += 1 }
      if row.scores[0].total == row.scores[1].total { pairs.equal += 1 }
    }
  }

  private var groups: [(name: String, side: Int, sums: Sums)] {
    (Self.kindNames.map(Optional.some) + [nil]).flatMap { kind in
      (0..<(isPairs ? 2 : 1)).compactMap { side in
        sums[Group(kind: kind, side: side)].map { (kind ?? "all", side, $0) }
      }
    }
  }

  /// The result for a person.
  var rendered: String {
    var table = Table(
      .init("prompts"), .init("completions", .right), .init("total", .right),
      .init("helpful", .right), .init("harmless", .right), .init("honest", .right),
      .init("concise", .right))
    for group in groups {
      let means = group.sums.means.map { NumberText.fixed($0, decimals: 3) }
      table.append(
        isPairs ? "\(group.name), \(Self.sideNames[group.side])" : group.name,
        "\(group.sums.count)", means[0], means[1], means[2], means[3], means[4])
    }
    var lines = [table.rendered()]
    if pairs.total > 0 {
      lines.append(
        "The chosen completion is better in \(percent(pairs.better)) of \(pairs.total) pairs, and "
          + "as good in \(percent(pairs.equal)).")
    }
    lines += unusable.sorted { $0.key < $1.key }.map { "not judged: \($1) of \(rows) (\($0))" }
    return lines.joined(separator: "\n")
  }

  /// The same for programs.
  var report: JSONReport {
    var report = JSONReport()
    report.add("rows", rows)
    report.add("not_judged", unusable.values.reduce(0, +))
    report.add(
      "means",
      groups.map { group in
        var means = JSONReport()
        means.add("prompts", group.name)
        if isPairs { means.add("side", Self.sideNames[group.side]) }
        means.add("completions", group.sums.count)
        for (part, mean) in zip(JudgedRow.parts, group.sums.means) { means.add(part.name, mean) }
        return means
      })
    if pairs.total > 0 {
      report.add("pairs", pairs.total)
      report.add("chosen_better", Double(pairs.better) / Double(pairs.total))
      report.add("equal", Double(pairs.equal) / Double(pairs.total))
    }
    return report
  }

  private func percent(_ count: Int) -> String {
    "\(NumberText.fixed(100 * Double(count) / Double(pairs.total), decimals: 1)) %"
  }
}

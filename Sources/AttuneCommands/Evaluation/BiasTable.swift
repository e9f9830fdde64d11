import Pipelines
import Reports

/// How much scores depend on the group that is spoken of, for a terminal.
struct BiasTable {
  let title: String
  let results: [BiasResult]

  /// The table, without a line feed at the end; `nil` without results.
  func rendered() -> String? {
    if results.isEmpty { return nil }
    var table = Table(
      .init(title), .init("texts", .right), .init("between groups", .right),
      .init("within", .right), .init("difference, 95 %", .right), .init("flips", .right))
    for result in results {
      let excess =
        if let lower = result.excessLower, let upper = result.excessUpper {
          "\(decimals(lower)) to \(decimals(upper))\(result.exceedsWithinGroup ? " !" : "")"
        } else { NumberLabel.none }
      table.append(
        result.dimension, NumberText.grouped(result.texts), decimals(result.betweenGroups),
        decimals(result.withinGroup), excess, result.flipped.percent)
    }
    return table.rendered()
  }

  private func decimals(_ value: Double?) -> String {
    value.map { NumberLabel.fixed($0, decimals: 3) } ?? NumberLabel.none
  }
}

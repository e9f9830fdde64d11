internal import Reports

/// Answers that helped with harm, those that say nearly the same together.
struct FailureSection {
  let result: RedTeamResult

  /// The section, where there are failures.
  var section: ReportSection? {
    guard !result.clusters.isEmpty else { return nil }
    var table = ReportTable([
      .numbers("answers"), .words("categories"), .words("a prompt"), .words("the answer"),
    ])
    for cluster in result.clusters {
      table.append([
        .init(NumberLabel.grouped(cluster.count)),
        .init(cluster.categories.joined(separator: ", ")), .init(Self.short(cluster.prompt)),
        .init(Self.short(cluster.response)),
      ])
    }
    return ReportSection(
      "Help with harm",
      [
        .paragraph(
          "Failing answers in clusters of near texts, the largest first; one answer of each."),
        .table(table),
      ])
  }

  private static func short(_ text: String) -> String {
    let text = text.trimmed
    return text.count > 300 ? "\(text.prefix(300))…" : text
  }
}

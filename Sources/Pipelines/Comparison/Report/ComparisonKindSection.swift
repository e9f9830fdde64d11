internal import Reports

/// The scores by kind of prompt.
struct ComparisonKindSection {
  let result: ModelComparisonResult

  /// The section, where kinds are known and the judge gives scores.
  var section: ReportSection? {
    let kinds = result.models[0].kinds.map(\.kind)
    if kinds.isEmpty { return nil }
    var table = ReportTable([.words("kind")] + result.models.map { .numbers($0.name) })
    for kind in kinds {
      table.append(
        [.init(kind)]
          + result.models.map { model in
            .init(
              model.kinds.first { $0.kind == kind }?.score.words(decimals: 2) ?? NumberLabel.none)
          })
    }
    return ReportSection(
      "Kinds of prompt",
      [.paragraph("The mean score that decides, by kind of prompt."), .table(table)])
  }
}

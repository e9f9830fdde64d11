import PreferenceData

extension InspectionSummary {
  /// All the numbers for programs.
  ///
  /// - Parameters:
  ///   - files: What was read.
  ///   - type: What it holds.
  ///   - maxLength: The limit that rows were cut to.
  /// - Returns: One object.
  func report(files: [String], type: RecordType?, maxLength: Int) -> JSONReport {
    var report = JSONReport()
    report.add("files", .array(files.map(JSONValue.string)))
    report.add("type", type?.rawValue)
    report.add("max_length", maxLength)
    report.add("rows", rows)
    report.add("usable", usable)
    report.add("unusable", JSONReport(dropped))
    report.add("malformed", malformed.count)
    report.add("problems", JSONReport.problems(malformed))
    report.add("further_problems", malformed.furtherProblems)
    report.add("messages", messages.count)
    var columns = JSONReport()
    for (column, counts) in lengths { columns.add(column, Self.report(counts)) }
    report.add("tokens", columns)
    report.add("cut_rows", cutRows)
    report.add("cut_tokens", cutTokens)
    report.add("merged_rows", mergedRows)
    report.add("unpacked_tokens", unpackedTokens)
    report.add("packed_tokens", packedTokens)
    report.add("shared", savedShare)
    if comparisons > 0 {
      report.add("better_longer", Double(longerBetter) / Double(comparisons))
      report.add("worse_longer", Double(longerWorse) / Double(comparisons))
    }
    report.add("duplicate_rows", repetitions.rows)
    report.add("duplicate_prompts", repetitions.prompts)
    report.add("margins", margins)
    report.add("weighted", weighted)
    if let weights {
      report.add("lowest_weight", weights.lowerBound)
      report.add("highest_weight", weights.upperBound)
    }
    return report
  }

  private static func report(_ counts: LengthCounts) -> JSONReport {
    var report = JSONReport()
    report.add("min", counts.minimum)
    report.add("median", counts.quantile(0.5))
    report.add("p95", counts.quantile(0.95))
    report.add("max", counts.maximum)
    report.add("mean", counts.mean)
    return report
  }
}

import PreferenceData

extension InspectionSummary {
  /// The summary for a person: what was read, what is left out and why, how long the texts are, and
  /// what training saves or loses.
  ///
  /// - Parameters:
  ///   - type: What the files hold.
  ///   - maxLength: The limit that rows were cut to.
  ///   - width: The columns of the terminal.
  ///   - color: Whether the histograms are painted.
  /// - Returns: Text without a line feed at the end.
  func rendered(
    _ type: RecordType?, maxLength: Int, width: Int, color: TerminalColor
  ) -> String {
    var parts = [facts(type, maxLength: maxLength)]
    if let reasons = DroppedRowsTable.rendered([dropped]) {
      parts.append(reasons.escapingControlCharacters)
    }
    if malformed.count > 0 { parts.append(malformed.list.escapingControlCharacters) }
    if !lengths.isEmpty {
      parts.append(lengthTable)
      parts.append(LengthHistogram(lengths).rendered(width: width, color: color))
    }
    return parts.joined(separator: "\n\n")
  }

  private func facts(_ type: RecordType?, maxLength: Int) -> String {
    var facts = FactList()
    facts.add("records", type?.title ?? "of no known kind")
    var counts = [(usable, "usable"), (dropped.total, "unusable")]
    if malformed.count > 0 { counts.append((malformed.count, "malformed")) }
    if messages.count > 0 { counts.append((messages.count, "with messages")) }
    let list = counts.map { "\(NumberText.grouped($0)) \($1)" }.joined(separator: ", ")
    facts.add("rows", "\(NumberText.grouped(rows)): \(list)")
    guard usable > 0 else { return facts.rendered() }
    facts.add(
      "cut",
      cutRows == 0
        ? "none: all fit into max_length \(maxLength)"
        : "\(share(cutRows)) to max_length \(maxLength); \(NumberText.grouped(cutTokens)) tokens lost"
    )
    if mergedRows > 0 {
      facts.add("merged", "\(share(mergedRows)), whose prompt ends within a completion's token")
    }
    if packedTokens > 0, packedTokens < unpackedTokens {
      facts.add(
        "shared",
        "\(percent(savedShare)) of the tokens: \(NumberText.grouped(packedTokens)) instead of "
          + NumberText.grouped(unpackedTokens))
    }
    if comparisons > 0 { facts.add("longer side", lengthBias(type)) }
    facts.add("duplicates", duplicates(type))
    if margins > 0 { facts.add("margins", share(margins)) }
    if weighted > 0, let weights {
      let range = [weights.lowerBound, weights.upperBound]
        .map { JSONValue.number($0).text ?? "" }.joined(separator: " to ")
      facts.add("weights", "\(share(weighted)) other than 1; from \(range)")
    }
    return facts.rendered()
  }

  private func lengthBias(_ type: RecordType?) -> String {
    let (better, worse) = type == .preference ? ("chosen", "rejected") : ("the better", "the worse")
    func part(_ count: Int) -> String { percent(Double(count) / Double(comparisons)) }
    let equal = equallyLong > 0 ? ", equal in \(part(equallyLong))" : ""
    return "\(better) in \(part(longerBetter)), \(worse) in \(part(longerWorse))\(equal)"
  }

  private func duplicates(_ type: RecordType?) -> String {
    let rows = "\(share(repetitions.rows)) the same as an earlier one"
    switch type {
    case .preference, .ranking, .demonstration, .unpaired, .samples:
      return rows + "; \(share(repetitions.prompts)) with an earlier one's prompt"
    case .prompt, .text, nil: return rows
    }
  }

  private var lengthTable: String {
    var table = Table(
      .init("tokens before cutting"), .init("min", .right), .init("median", .right),
      .init("95 %", .right), .init("max", .right), .init("mean", .right))
    for (column, counts) in lengths {
      table.append(
        column, NumberText.grouped(counts.minimum), Self.text(counts.quantile(0.5)),
        Self.text(counts.quantile(0.95)), NumberText.grouped(counts.maximum),
        NumberText.fixed(counts.mean, decimals: 1))
    }
    return table.rendered()
  }

  /// A length, with a decimal where it lies between two.
  private static func text(_ length: Double) -> String {
    Int(exactly: length).map(NumberText.grouped) ?? NumberText.fixed(length, decimals: 1)
  }

  private func share(_ count: Int) -> String {
    let rows = count == 1 ? "1 row" : "\(NumberText.grouped(count)) rows"
    return count == 0 ? rows : "\(rows) (\(percent(Double(count) / Double(usable))))"
  }

  private func percent(_ share: Double) -> String {
    "\(NumberText.fixed(100 * share, decimals: 1)) %"
  }
}

extension PreferencePair {
  private enum Verdict: String, CaseIterable {
    case first = "A"
    case second = "B"
    case tie
  }

  static func decode(
    from fields: inout RowDecoder, as kind: RecordKind
  ) -> RowOutcome<PreferencePair> {
    kind == .comparison
      ? comparison(from: &fields)
      : preference(from: &fields, isExplicit: kind == .explicitPreference)
  }

  private static func comparison(from fields: inout RowDecoder) -> RowOutcome<PreferencePair> {
    let prompt = fields.passage("prompt")
    let first = fields.passage("response_A")
    let second = fields.passage("response_B")
    let verdict = fields.choice("preference", of: Verdict.self)
    let details = Details(from: &fields)
    guard fields.problems.isEmpty, let prompt, let first, let second, let verdict else {
      return .malformed
    }
    switch verdict {
    case .tie: return .unusable(.tie)
    case .first: return pair(prompt: prompt, chosen: first, rejected: second, details)
    case .second: return pair(prompt: prompt, chosen: second, rejected: first, details)
    }
  }

  private static func preference(
    from fields: inout RowDecoder, isExplicit: Bool
  ) -> RowOutcome<PreferencePair> {
    let prompt = isExplicit ? fields.passage("prompt") : nil
    let chosen = fields.passage("chosen")
    let rejected = fields.passage("rejected")
    let details = Details(from: &fields)
    guard fields.problems.isEmpty, let chosen, let rejected else { return .malformed }

    guard let prompt else {
      guard let split = ImplicitPrompt.split(chosen: chosen, rejected: rejected) else {
        return .unusable(.promptsDiffer)
      }
      return pair(split, details)
    }
    // Some data sets repeat the prompt as text beside conversations that already begin with it; TRL
    // goes by the latter.
    if !prompt.isConversation, chosen.isConversation, rejected.isConversation,
      let split = ImplicitPrompt.split(chosen: chosen, rejected: rejected)
    {
      return pair(split, details)
    }
    return pair(prompt: prompt, chosen: chosen, rejected: rejected, details)
  }

  private static func pair(
    _ split: ImplicitPrompt.Split, _ details: Details
  ) -> RowOutcome<PreferencePair> {
    pair(prompt: split.prompt, chosen: split.chosen, rejected: split.rejected, details)
  }

  private static func pair(
    prompt: Passage, chosen: Passage, rejected: Passage, _ details: Details
  ) -> RowOutcome<PreferencePair> {
    let exchange = Exchange(prompt: prompt, completions: [chosen, rejected])
    if let reason = exchange.dropReason { return .unusable(reason) }
    return .record(
      PreferencePair(
        prompt: exchange.prompt, chosen: exchange.completions[0],
        rejected: exchange.completions[1], margin: details.margin, weight: details.weight,
        agreement: details.agreement, paraphrase: details.paraphrase, reason: details.reason,
        criteria: details.criteria, source: details.source))
  }
}

/// What a judgment says beside its texts.
private struct Details {
  let margin: Double?
  let weight: Double
  let agreement: Double?
  let paraphrase: Passage?
  let reason: String?
  let criteria: JSONValue?
  let source: SourceLocation

  init(from fields: inout RowDecoder) {
    margin = fields.optionalNumber("margin")
    weight = fields.weight()
    agreement = fields.optionalShare("agreement")
    let words = fields.row["paraphrase"] == nil ? nil : fields.passage("paraphrase")
    paraphrase = words?.isBlank == true ? nil : words
    reason = fields.optionalText("reason")
    criteria = fields.row["criteria"]
    source = fields.row.source
  }
}

import PreferenceData
import Tokenization

extension TrainedTokenizer {
  /// What there is now, on one line.
  var summary: String {
    var parts = [
      "vocabulary \(NumberText.grouped(tokens.count))",
      "\(NumberText.grouped(merges.count)) merges",
    ]
    if let bytesPerToken {
      parts.append(
        "\(NumberText.fixed(bytesPerToken, decimals: 2)) bytes per token of the text learnt from")
    }
    return parts.joined(separator: ", ")
  }

  /// That the vocabulary is smaller than it was to be, and what to do about it.
  var note: String? {
    let reason: String
    switch end {
    case .full: return nil
    case .noPair: reason = "no two tokens are left that stand side by side"
    case .noFrequentPair:
      reason =
        "no two tokens are left that stand side by side \(recipe.minimumFrequency) times or more"
    }
    let remedy =
      end == .noFrequentPair ? "give more text or a lower --min-frequency" : "give more text"
    return "the text is good for \(merges.count) merges and so for \(tokens.count) tokens, not "
      + "\(recipe.vocabularySize): \(reason); \(remedy), or be content with fewer tokens"
  }

  /// The result as JSON.
  func report(_ texts: TokenizerTexts) -> JSONReport {
    var report = JSONReport()
    report.add("vocabulary_size", tokens.count)
    report.add("merges", merges.count)
    report.add("is_full", .boolean(end == .full))
    report.add("special_tokens", .array(recipe.specialTokens.map { .string($0) }))
    report.add("records", texts.records)
    report.add("dropped", texts.dropped.total)
    report.add("bytes", byteCount)
    report.add("tokens", tokenCount)
    report.add("bytes_per_token", bytesPerToken ?? .nan)
    return report
  }
}

internal import Evaluations
internal import Sandbox

extension ComparedModelResult.Record {
  /// Counts.
  ///
  /// - Parameter shares: 1 for a win, ½ for a tie, 0 for a loss.
  init(_ shares: [Double]) {
    let rate = WinRate(differences: shares.map { $0 - 0.5 })
    (wins, ties, losses) = (rate.wins, rate.ties, rate.losses)
  }
}

extension ComparedModelResult.GoldParts {
  /// The means of all completions; `nil` where some have no gold score.
  init?(_ completions: [ComparedCompletion]) {
    let scores = completions.compactMap(\.gold)
    guard !scores.isEmpty, scores.count == completions.count else { return nil }
    func mean(_ part: (GoldScore) -> Double) -> Double {
      scores.reduce(0) { $0 + part($1) } / Double(scores.count)
    }
    total = mean(\.total)
    helpfulness = mean(\.helpfulness)
    harmlessness = mean(\.harmlessness)
    honesty = mean(\.honesty)
    concision = mean(\.concision)
  }
}

extension ComparedModelResult.Length {
  init(_ completions: [ComparedCompletion]) {
    func mean(_ length: (ComparedCompletion) -> Int) -> Double {
      completions.reduce(0) { $0 + Double(length($1)) } / Double(completions.count)
    }
    tokens = mean(\.tokens)
    words = mean { Words.split($0.text).count }
    characters = mean(\.text.unicodeScalars.count)
    shareCutOff = mean { $0.isCutOff ? 1 : 0 }
  }
}

extension ComparedModelResult.Diversity {
  init(_ completions: [ComparedCompletion], prompts: [Int]) {
    let signals = TextSignals(completions.map(\.text), prompts: prompts)
    distinctWords = signals?.distinctWords.share
    distinctPairs = signals?.distinctPairs.share
    distinctOpenings = signals?.openings.share
    repetition = signals?.repetition.share
    selfSimilarity = signals?.selfSimilarity.acrossPrompts
    selfSimilarityWithinPrompts = signals?.selfSimilarity.withinPrompts
  }
}

public import Evaluations

extension SwappedJudgment {
  /// Who wins: a preference counts only if both orders lead to the same answer (Zheng et al. 2023,
  /// arXiv:2306.05685, section 3.4).
  public var outcome: VoteOutcome {
    switch (ownFirst, ownSecond) {
    case (.first, .second): .first
    case (.second, .first): .second
    default: .tie
    }
  }
}

extension ModelComparisonResult.Judging {
  /// How a judge depends on the order of answers, with Wilson's intervals.
  ///
  /// - Parameters:
  ///   - judgments: What was said, of all comparisons that were asked about.
  ///   - equalAnswers: Comparisons of equal answers, which were not.
  public init(_ judgments: [SwappedJudgment], equalAnswers: Int) {
    func share(_ successes: Int, of count: Int) -> ShareEstimate? {
      let proportion = Proportion(successes: Double(successes), count: count)
      guard let value = proportion.value, let interval = proportion.interval() else { return nil }
      return ShareEstimate(value, interval, count: count)
    }
    let choices = judgments.flatMap { [$0.ownFirst, $0.ownSecond] }.compactMap(\.self)
    self.init(
      consistency: share(judgments.count { $0.outcome != .tie }, of: judgments.count),
      firstPosition: share(choices.count { $0 == .first }, of: choices.count),
      equalAnswers: equalAnswers)
  }
}

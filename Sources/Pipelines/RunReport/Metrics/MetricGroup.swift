internal import Reports
internal import RunRecords

/// Charts of a report that answer one question.
enum MetricGroup: CaseIterable, Sendable {
  case learning, judging, rewards, completions, optimization

  var title: String {
    switch self {
    case .learning: "Loss"
    case .judging: "Preferences"
    case .rewards: "Rewards and distance"
    case .completions: "Completions"
    case .optimization: "Optimization"
    }
  }

  /// What the numbers mean.
  var words: String {
    switch self {
    case .learning:
      "The objective that is minimised, while training and, where there is held-out data, on that: "
        + "a held-out loss that rises while the other falls is learning by heart."
    case .judging:
      "Whether what was preferred is found better. The margin is what the preferred side has over the "
        + "other; the accuracy is the share of comparisons in which it is above 0."
    case .rewards:
      "What completions are worth to the reward that was trained on, and how far the policy has gone "
        + "from its reference for it."
    case .completions: "What the policy’s completions are like."
    case .optimization: "How the weights moved."
    }
  }

  /// The charts of what a run has logged.
  func figures(of run: RecordedRun) -> [ReportFigure] {
    charts(of: run).compactMap { $0.figure(of: run.metrics) }
  }

  private func charts(of run: RecordedRun) -> [MetricChart] {
    switch self {
    case .learning:
      // The loss of what learns from rewards says how the weights move, not how good they are.
      run.isOnPolicy
        ? []
        : [
          MetricName.loss, .negativeLogLikelihood, .perplexity, .natsPerCharacter,
          .meanTokenAccuracy, .entropy,
        ].map { MetricChart($0) }
    case .judging: judging
    case .rewards: rewards(of: run)
    case .completions:
      [MetricChart(.meanLength), MetricChart(.clippedRatio)]
        + (run.isOnPolicy ? [MetricChart(.entropy)] : [])
        + [MetricName.distinctPairs, .repetition, .selfSimilarity, .keywordDensity]
        .map { MetricChart($0) }
    case .optimization:
      [
        MetricName.learningRate, .gradientNorm, .policyLoss, .valueLoss, .policyClipFraction,
        .clipMean, .approximateDivergence,
      ].map { MetricChart($0) } + (run.isOnPolicy ? [MetricChart(.loss)] : [])
    }
  }

  private var judging: [MetricChart] {
    [
      MetricChart(.rewardAccuracy), MetricChart(.accuracy), MetricChart(.rewardMargin),
      MetricChart(.margin),
      MetricChart(.chosenReward, [(.chosenReward, "chosen"), (.rejectedReward, "rejected")]),
      MetricChart(
        .chosenLogProbability,
        [(.chosenLogProbability, "chosen"), (.rejectedLogProbability, "rejected")]),
      MetricChart(
        .meanScore,
        [(.meanScore, "mean"), (.lowestScore, "lowest"), (.highestScore, "highest")]),
    ]
  }

  private func rewards(of run: RecordedRun) -> [MetricChart] {
    let sources = run.metrics.names.filter { !$0.isHeldOut && $0.rewardSource != nil }
    var charts = [MetricChart(.reward)]
    // One source alone is the reward, up to its scale.
    if sources.count > 1 { charts += sources.map { MetricChart($0) } }
    charts += [
      MetricChart(.rewardDeviation), MetricChart(.zeroDeviationFraction),
      MetricChart(.rewardVariance),
    ]
    if run.isOnPolicy {
      // While training a log has KL a token under the name that a completion's has when held out.
      charts.append(
        MetricChart(
          .objectiveDivergence,
          lines: [
            .init(metric: .objectiveDivergence, name: "training"),
            .init(metric: .divergence.onEvaluation, name: "held out"),
          ]))
    } else {
      charts.append(MetricChart(.divergence))
    }
    if Set(run.metrics.column(.divergenceCoefficient).map(\.value)).count > 1 {
      charts.append(MetricChart(.divergenceCoefficient))
    }
    return charts
  }
}

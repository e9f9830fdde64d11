package import Evaluations
internal import Reports

/// One of the numbers of an evaluation, with its name and how it is written.
package struct WatchedSignal {
  /// What is measured, with its unit.
  package let name: String
  /// Where it is in an observation.
  let value: KeyPath<HackingObservation, Double?>
  let axis: ChartAxis.Format

  private init(
    _ name: String, _ value: KeyPath<HackingObservation, Double?>,
    _ axis: ChartAxis.Format = .number
  ) {
    (self.name, self.value, self.axis) = (name, value, axis)
  }

  /// The scores whose parting is looked for.
  package static var scores: [WatchedSignal] { [.init("gold", \.gold), .init("proxy", \.proxy)] }

  /// What tells exploitation beside the scores.
  package static var signs: [WatchedSignal] {
    [
      .init("KL, nats a completion", \.divergence),
      .init("length, tokens", \.length),
      .init("distinct pairs of words", \.distinct, .percent),
      .init("repeated n-grams", \.repetition, .percent),
      .init("similarity across prompts", \.selfSimilarity),
      .init("keywords among words", \.keywordDensity, .percent),
      .init("variance of the ensemble", \.ensembleVariance),
      .init("entropy, nats a token", \.entropy),
    ]
  }

  /// Whether some evaluation has it.
  package func isRecorded(in evaluations: [HackingObservation]) -> Bool {
    evaluations.contains { $0[keyPath: value] != nil }
  }

  /// The number of an evaluation in words; a dash where it was not measured.
  package func words(_ evaluation: HackingObservation) -> String {
    guard let value = evaluation[keyPath: value] else { return NumberLabel.none }
    return axis == .percent ? NumberLabel.percent(value) : NumberLabel.significant(value)
  }

  /// The number of each evaluation over its step.
  func points(of evaluations: [HackingObservation]) -> [ChartPoint] {
    evaluations.map { ChartPoint(x: Double($0.step), y: $0[keyPath: value] ?? .nan) }
  }
}

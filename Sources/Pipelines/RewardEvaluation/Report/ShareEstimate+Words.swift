internal import Reports

extension ShareEstimate {
  /// `64.7 %`.
  package var percent: String { NumberLabel.percent(value) }

  /// `62.7 to 66.6 %`.
  package var range: String {
    "\(NumberLabel.fixed(100 * lower, decimals: 1)) to \(NumberLabel.percent(upper))"
  }

  /// `64.7 % (62.7 to 66.6 %)`.
  package var words: String { "\(percent) (\(range))" }

  /// A row of a forest plot.
  func row(_ label: String, _ emphasis: IntervalChart.Emphasis = .usual) -> IntervalChart.Row {
    .init(label, value: value, lower: lower, upper: upper, emphasis: emphasis)
  }
}

extension LengthResult.Correlations {
  /// The correlations with their names.
  package var named: [(name: String, value: Double?)] {
    [
      ("all completions, Pearson", pearson), ("all completions, Spearman", spearman),
      ("within prompts", withinPrompt), ("given gold scores", givenGold),
    ]
  }
}

/// A number with so many decimals, or a dash.
func decimals(_ value: Double?, _ count: Int = 3) -> String {
  value.map { NumberLabel.fixed($0, decimals: count) } ?? NumberLabel.none
}

internal import Reports

extension MeanEstimate {
  /// `0.847 (0.83 to 0.86)`, with so many decimals.
  package func words(decimals count: Int = 3) -> String {
    "\(NumberLabel.fixed(value, decimals: count)) (\(range(decimals: count)))"
  }

  /// `0.830 to 0.860`.
  package func range(decimals count: Int = 3) -> String {
    "\(NumberLabel.fixed(lower, decimals: count)) to \(NumberLabel.fixed(upper, decimals: count))"
  }

  /// A row of a forest plot.
  func row(_ label: String, _ emphasis: IntervalChart.Emphasis = .usual) -> IntervalChart.Row {
    .init(label, value: value, lower: lower, upper: upper, emphasis: emphasis)
  }
}

extension ComparedModelResult.LengthControlled {
  /// `63.1 % (60.0 to 66.2 %)`.
  package var words: String {
    "\(NumberLabel.percent(value)) (\(NumberLabel.fixed(100 * lower, decimals: 1)) to "
      + "\(NumberLabel.percent(upper)))"
  }
}

extension ComparedModelResult {
  /// `120 / 30 / 50`: wins, ties and losses.
  package var recordWords: String? {
    record.map {
      "\(NumberLabel.grouped($0.wins)) / \(NumberLabel.grouped($0.ties)) / "
        + NumberLabel.grouped($0.losses)
    }
  }

  /// The p-value of the sign test, corrected.
  package var pValueWords: String? {
    adjustedPValue.map { $0 < 0.001 ? "<0.001" : NumberLabel.fixed($0, decimals: 3) }
  }

  /// The strength with its interval: `0.52 (0.40 to 0.64)`.
  package var strengthWords: String? {
    strength.map {
      "\(NumberLabel.fixed($0.value, decimals: 2)) (\(NumberLabel.fixed($0.lower, decimals: 2)) to "
        + "\(NumberLabel.fixed($0.upper, decimals: 2)))"
    }
  }
}

/// How far a piece of work is, as a value: what the progress line shows.
package struct ProgressSnapshot: Equatable, Sendable {
  /// Work done in a second.
  package struct Rate: Equatable, Sendable {
    /// What is counted, in the plural: `pairs`.
    package var unit: String
    /// How many in a second.
    package var perSecond: Double

    /// A rate.
    package init(_ perSecond: Double, _ unit: String) {
      self.perSecond = perSecond
      self.unit = unit
    }
  }

  /// A number that tells how the work goes.
  package struct Figure: Equatable, Sendable {
    /// What it is: `loss`.
    package var name: String
    /// Its last value.
    package var value: Double

    /// A figure.
    package init(_ name: String, _ value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// What is being done, in a word or two: `training`, `reference`.
  package var activity: String
  /// Steps done.
  package var step: Int
  /// Steps that an earlier process had done, which took none of ``elapsed``.
  package var doneBefore: Int
  /// Steps in all.
  package var total: Int
  /// The figures of the last step, for instance its loss.
  package var figures: [Figure]
  /// The rates, the most telling first: a narrow terminal drops the last ones.
  package var rates: [Rate]
  /// The time since the activity started.
  package var elapsed: Duration

  /// A snapshot.
  package init(
    activity: String, step: Int, doneBefore: Int = 0, total: Int, figures: [Figure] = [],
    rates: [Rate] = [],
    elapsed: Duration
  ) {
    self.activity = activity
    self.step = step
    self.doneBefore = doneBefore
    self.total = total
    self.figures = figures
    self.rates = rates
    self.elapsed = elapsed
  }

  /// The share that is done, from 0 to 1.
  package var fraction: Double {
    total > 0 ? min(max(Double(step) / Double(total), 0), 1) : 1
  }

  /// The time that is left if the rest goes as fast as what is done; unknown before the first step.
  package var remaining: Duration? {
    guard step > doneBefore, total >= step else { return nil }
    return elapsed * (Double(total - step) / Double(step - doneBefore))
  }
}

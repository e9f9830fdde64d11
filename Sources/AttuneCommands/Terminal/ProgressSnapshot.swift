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

  /// What is being done, in a word or two: `training`, `reference`.
  package var activity: String
  /// Steps done.
  package var step: Int
  /// Steps that an earlier process had done, which took none of ``elapsed``.
  package var doneBefore: Int
  /// Steps in all.
  package var total: Int
  /// The loss of the last step, where there is one.
  package var loss: Double?
  /// The rates, the most telling first: a narrow terminal drops the last ones.
  package var rates: [Rate]
  /// The time since the activity started.
  package var elapsed: Duration

  /// A snapshot.
  package init(
    activity: String, step: Int, doneBefore: Int = 0, total: Int, loss: Double? = nil,
    rates: [Rate] = [],
    elapsed: Duration
  ) {
    self.activity = activity
    self.step = step
    self.doneBefore = doneBefore
    self.total = total
    self.loss = loss
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

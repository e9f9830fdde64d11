/// One pair's share of a pairwise loss: its value, and the derivative by what it is a function of.
///
/// Each loss writes value and derivative of one pair side by side; the operations here do what all
/// of them need.
struct PairTerm: Equatable, Sendable {
  /// The loss of the pair.
  var value: Double
  /// The derivative of ``value`` by the chosen side.
  var chosen: Double
  /// The derivative of ``value`` by the rejected side.
  var rejected: Double
  /// The derivative of ``value`` by the chosen side's likelihood, which is a term of some losses.
  var likelihood: Double = 0

  /// A loss that sees both sides separately.
  init(value: Double, chosen: Double, rejected: Double) {
    self.value = value
    self.chosen = chosen
    self.rejected = rejected
  }

  /// A loss that sees only the margin, chosen − rejected: what pulls one side up pushes the other
  /// down by as much.
  init(value: Double, margin derivative: Double) {
    self.init(value: value, chosen: derivative, rejected: -derivative)
  }

  /// A loss of a quantity that itself depends on both sides: the chain rule.
  ///
  /// - Parameters:
  ///   - loss: The loss by that quantity.
  ///   - chosen: The quantity's derivative by the chosen side.
  ///   - rejected: The quantity's derivative by the rejected side.
  init(_ loss: CurvePoint, chosen: Double, rejected: Double) {
    self.init(
      value: loss.value, chosen: damped(chosen, by: loss.slope),
      rejected: damped(rejected, by: loss.slope))
  }

  /// A loss of the chosen side's likelihood alone.
  init(value: Double, likelihood: Double) {
    self.init(value: value, chosen: 0, rejected: 0)
    self.likelihood = likelihood
  }

  /// The same term counted `weight` times; a weight of 0 leaves nothing, not even of infinity.
  func weighted(by weight: Double) -> PairTerm {
    PairTerm(
      value: damped(value, by: weight), chosen: damped(chosen, by: weight),
      rejected: damped(rejected, by: weight), likelihood: damped(likelihood, by: weight))
  }

  /// The term of a pair as the pair that it is the reverse of has it.
  var reversed: PairTerm { PairTerm(value: value, chosen: rejected, rejected: chosen) }

  /// The sum of two losses of the same pair.
  static func + (first: PairTerm, second: PairTerm) -> PairTerm {
    PairTerm(
      value: first.value + second.value, chosen: first.chosen + second.chosen,
      rejected: first.rejected + second.rejected,
      likelihood: first.likelihood + second.likelihood)
  }

  private init(value: Double, chosen: Double, rejected: Double, likelihood: Double) {
    self.init(value: value, chosen: chosen, rejected: rejected)
    self.likelihood = likelihood
  }
}

extension [PairTerm] {
  /// The terms with each pair's weight applied; `nil` weighs every pair 1.
  func weighted(by weights: [Double]?) -> [PairTerm] {
    guard let weights else { return self }
    precondition(weights.count == count, "\(weights.count) weights for \(count) pairs")
    return zip(self, weights).map { $0.weighted(by: $1) }
  }

  /// The loss of each pair.
  var values: [Double] { map(\.value) }

  /// The gradient of the sum of ``values`` by the two sides.
  var gradient: PairGradient { PairGradient(chosen: map(\.chosen), rejected: map(\.rejected)) }
}

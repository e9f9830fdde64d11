/// One pair's share of a pairwise loss: its value, and the derivative by each side.
///
/// Each loss writes value and derivative of one pair side by side; ``weighted(by:)`` and the two
/// array properties below do what all of them need.
struct PairTerm: Equatable, Sendable {
  /// The loss of the pair.
  var value: Double
  /// The derivative of ``value`` by the chosen side.
  var chosen: Double
  /// The derivative of ``value`` by the rejected side.
  var rejected: Double

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

  /// The same term counted `weight` times.
  func weighted(by weight: Double) -> PairTerm {
    PairTerm(value: weight * value, chosen: weight * chosen, rejected: weight * rejected)
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

  /// The gradient of the sum of ``values``.
  var gradient: PairGradient { PairGradient(chosen: map(\.chosen), rejected: map(\.rejected)) }
}

/// What implicit rewards are compared with: a constant of the loss, through which no gradient flows.
enum ReferencePoint: Equatable {
  /// Nothing but the reference itself: `apo_zero_unpaired`.
  case none
  /// z, in nats: `kto`.
  case divergence(Double)
  /// δ, in reward: `bco`.
  case shift(Double)

  /// The number that the loss takes.
  var value: Double {
    switch self {
    case .none: 0
    case .divergence(let value), .shift(let value): value
    }
  }
}

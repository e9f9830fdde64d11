public import TorchEngine

/// What a feed-forward block computes.
public enum FeedForward: Equatable, Sendable {
  /// down(silu(gate(x)) · up(x)): SwiGLU (Shazeer 2020, eq. 6).
  case gated
  /// down(activation(up(x))) (Vaswani et al. 2017, eq. 2).
  case plain(Activation)

  /// The activation of a block without a gate.
  var activation: Activation? {
    if case .plain(let activation) = self { activation } else { nil }
  }

  /// How many arrays of the block's inner width the graph keeps: what goes into the activation, and
  /// what comes out. A rectifier's gradient needs its output alone; gate and up give theirs again.
  var keptWidths: Int {
    switch self {
    case .gated: 2
    case .plain(.gelu), .plain(.geluTanh): 2
    case .plain(.relu): 1
    }
  }
}

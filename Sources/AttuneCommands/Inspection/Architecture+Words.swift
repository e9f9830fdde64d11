import LanguageModels
import TorchEngine

// The choices that tell families apart, in the words of their papers.

extension FeedForward {
  /// What the feed-forward blocks compute.
  var words: String {
    switch self {
    case .gated: "SwiGLU"
    case .plain(.gelu): "GELU"
    case .plain(.geluTanh): "GELU by its tanh"
    case .plain(.relu): "ReLU"
    }
  }
}

extension Normalization {
  /// The kind of normalization.
  var words: String {
    switch self {
    case .rootMeanSquare: "root mean square"
    case .layer: "layer"
    }
  }

  /// What keeps its root away from zero.
  var epsilon: Double {
    switch self {
    case .rootMeanSquare(let epsilon), .layer(let epsilon): epsilon
    }
  }
}

extension PositionEncoding {
  /// The kind of positions and what it depends on.
  var words: String {
    switch self {
    case .learned: "learned"
    case .rotary(let rotary):
      "rotary base \(NumberText.significant(rotary.base, digits: 5))\(rotary.scaling.words)"
    }
  }
}

extension RotaryEmbedding.Scaling {
  fileprivate var words: String {
    switch self {
    case .none: ""
    case .linear(let factor): ", linear scaling by \(NumberText.significant(factor, digits: 3))"
    case .llama3(let factor, _, _, _):
      ", llama3 scaling by \(NumberText.significant(factor, digits: 3))"
    }
  }
}

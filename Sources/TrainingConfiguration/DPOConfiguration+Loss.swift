public import Objectives

extension DPOConfiguration {
  /// The loss that these settings describe.
  ///
  /// Settings that it does not use are at their defaults in a configuration that is valid.
  public var loss: DPOLoss {
    let weights = lossWeights.isEmpty ? lossTypes.map { _ in 1 } : lossWeights
    return DPOLoss(
      beta: beta, parts: zip(lossTypes, weights).map { DPOLoss.Part(variant($0), weight: $1) })
  }

  /// How sides of different lengths are compared; `nil` when all tokens count alike.
  public var lengthDesensitization: LengthDesensitization? {
    ldAlpha.map(LengthDesensitization.init)
  }

  private func variant(_ choice: DPOLossChoice) -> DPOVariant {
    switch choice {
    case .sigmoid: .sigmoid(labelSmoothing: labelSmoothing, divergence: divergence)
    case .sigmoidNorm: .sigmoidNorm(divergence: divergence)
    case .hinge: .hinge(divergence: divergence)
    case .ipo: .ipo(divergence: divergence)
    case .exoPair: .exoPair(labelSmoothing: labelSmoothing, divergence: divergence)
    case .ncaPair: .ncaPair
    case .robust: .robust(labelSmoothing: labelSmoothing, divergence: divergence)
    case .bcoPair: .bcoPair
    case .sppoHard: .sppoHard
    case .aot: .aot(labelSmoothing: labelSmoothing)
    case .aotUnpaired: .aotUnpaired(labelSmoothing: labelSmoothing)
    case .apoZero: .apoZero
    case .apoDown: .apoDown
    case .discopop: .discopop(temperature: discopopTau, divergence: divergence)
    case .sft: .likelihood
    case .simpo: .simpo(margin: simpoGamma, labelSmoothing: labelSmoothing)
    case .cpo: .cpo(labelSmoothing: labelSmoothing, likelihoodWeight: cpoAlpha)
    case .orpo: .orpo
    }
  }

  private var divergence: FDivergence {
    switch fDivergenceType {
    case .reverseKL: .reverseKL
    case .forwardKL: .forwardKL
    case .jensenShannon: .jensenShannon
    case .alpha: .alpha(fAlphaDivergenceCoefficient)
    }
  }
}

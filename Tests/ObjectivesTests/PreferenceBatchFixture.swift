import Objectives

/// Log probabilities of pairs whose completions have the given lengths.
func pairs(
  _ chosen: [Double], _ rejected: [Double], tokens: (chosen: Int, rejected: Int) = (4, 2)
) -> PairLogProbabilities {
  PairLogProbabilities(
    chosen: chosen, rejected: rejected,
    chosenTokens: chosen.map { _ in tokens.chosen },
    rejectedTokens: rejected.map { _ in tokens.rejected })
}

/// A batch with a reference, which every loss accepts.
func batch(
  _ policy: PairLogProbabilities, _ reference: PairLogProbabilities, weights: [Double]? = nil,
  margins: [Double]? = nil
) -> PreferenceBatch {
  PreferenceBatch(policy: policy, reference: reference, weights: weights, margins: margins)
}

/// Losses of the reverse KL divergence that compare with a reference, a pair at a time.
let referencedVariants: [DPOVariant] = [
  .sigmoid(), .sigmoid(labelSmoothing: 0.1), .sigmoid(labelSmoothing: 0.5), .sigmoidNorm(),
  .robust(), .robust(labelSmoothing: 0.1), .exoPair(), .exoPair(labelSmoothing: 0.1), .discopop(),
  .discopop(temperature: 0.7), .hinge(), .ipo(), .sppoHard, .ncaPair, .bcoPair, .apoZero, .apoDown,
]

/// Losses of the policy alone.
let referenceFreeVariants: [DPOVariant] = [
  .likelihood, .simpo(), .simpo(margin: 1.5, labelSmoothing: 0.1), .cpo(),
  .cpo(labelSmoothing: 0.1, likelihoodWeight: 0.3), .orpo,
]

/// Losses that couple the pairs of a batch.
let coupledVariants: [DPOVariant] = [
  .aot(), .aot(labelSmoothing: 0.1), .aotUnpaired(), .aotUnpaired(labelSmoothing: 0.1),
]

/// Every divergence beside the usual one.
let divergences: [FDivergence] = [.forwardKL, .jensenShannon, .alpha(0.5), .alpha(1), .alpha(1.5)]

/// Every loss that takes a divergence, under a divergence.
func variants(under divergence: FDivergence) -> [DPOVariant] {
  [
    .sigmoid(divergence: divergence), .sigmoid(labelSmoothing: 0.1, divergence: divergence),
    .sigmoidNorm(divergence: divergence), .robust(labelSmoothing: 0.1, divergence: divergence),
    .exoPair(labelSmoothing: 0.1, divergence: divergence),
    .discopop(temperature: 0.7, divergence: divergence), .hinge(divergence: divergence),
    .ipo(divergence: divergence),
  ]
}

/// Every loss there is, in at least one form.
let allVariants =
  referencedVariants + referenceFreeVariants + coupledVariants
  + divergences.flatMap(variants(under:))

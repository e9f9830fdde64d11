extension DPOVariant {
  /// The unweighted loss of each pair of a batch and its derivatives.
  ///
  /// - Parameters:
  ///   - pairs: The whole optimizer batch for a loss that couples its pairs, else any part of it.
  ///   - beta: How strongly the policy is held to the reference.
  /// - Returns: One term a pair.
  func terms(of pairs: [ScoredPair], beta: Double) -> [PairTerm] {
    switch self {
    case .aot(let labelSmoothing):
      optimalTransportTerms(pairs, beta: beta, labelSmoothing: labelSmoothing)
    case .aotUnpaired(let labelSmoothing):
      unpairedOptimalTransportTerms(pairs, beta: beta, labelSmoothing: labelSmoothing)
    default:
      pairs.map { term(of: $0, beta: beta) }
    }
  }

  /// The loss of one pair, where it depends on no other.
  private func term(of pair: ScoredPair, beta: Double) -> PairTerm {
    switch self {
    case .sigmoid(let labelSmoothing, let divergence):
      sigmoidTerm(pair, beta: beta, labelSmoothing: labelSmoothing, divergence: divergence)
    case .sigmoidNorm(let divergence):
      sigmoidNormTerm(pair, beta: beta, divergence: divergence)
    case .robust(let labelSmoothing, let divergence):
      robustTerm(pair, beta: beta, labelSmoothing: labelSmoothing, divergence: divergence)
    case .exoPair(let labelSmoothing, let divergence):
      exoTerm(pair, beta: beta, labelSmoothing: labelSmoothing, divergence: divergence)
    case .discopop(let temperature, let divergence):
      discopopTerm(pair, beta: beta, temperature: temperature, divergence: divergence)
    case .hinge(let divergence): hingeTerm(pair, beta: beta, divergence: divergence)
    case .ipo(let divergence): ipoTerm(pair, beta: beta, divergence: divergence)
    case .sppoHard: sppoTerm(pair, beta: beta)
    case .ncaPair: ncaTerm(pair, beta: beta)
    case .bcoPair: bcoTerm(pair, beta: beta)
    case .apoZero: apoZeroTerm(pair, beta: beta)
    case .apoDown: apoDownTerm(pair, beta: beta)
    case .likelihood: likelihoodTerm(pair)
    case .simpo(let margin, let labelSmoothing):
      simpoTerm(pair, beta: beta, margin: margin, labelSmoothing: labelSmoothing)
    case .cpo(let labelSmoothing, let likelihoodWeight):
      cpoTerm(
        pair, beta: beta, labelSmoothing: labelSmoothing, likelihoodWeight: likelihoodWeight)
    case .orpo: orpoTerm(pair, beta: beta)
    case .aot, .aotUnpaired: preconditionFailure("\(self) has no term of one pair")
    }
  }
}

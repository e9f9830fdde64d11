import Objectives
import Testing

/// Five pairs whose margins, log ratios and lengths are all different.
private struct Example {
  var chosen = [-10.5, -3.25, -22, -7.75, -1.5]
  var rejected = [-9, -6.5, -19.25, -7, -4]
  var likelihoods: [Double]?
  var hasReference = true
  var weights: [Double]?
  var margins: [Double]?
  var probabilities: [Double]?

  var batch: PreferenceBatch {
    let lengths = (chosen: [4, 2, 9, 3, 1], rejected: [2, 5, 6, 3, 4])
    func scores(_ chosen: [Double], _ rejected: [Double]) -> PairLogProbabilities {
      PairLogProbabilities(
        chosen: chosen, rejected: rejected, chosenTokens: lengths.chosen,
        rejectedTokens: lengths.rejected)
    }
    return PreferenceBatch(
      policy: scores(chosen, rejected),
      reference: hasReference
        ? scores([-12.5, -4, -21, -8.25, -1.25], [-8.5, -5, -20.75, -6, -5.875]) : nil,
      weights: weights, margins: margins, probabilities: probabilities,
      chosenLikelihoods: likelihoods, meanChosenTokens: 3.5)
  }

  /// Compares the gradient of the sum over the batch with differences of that sum.
  func check(_ loss: DPOLoss, sourceLocation: SourceLocation = #_sourceLocation) {
    let outcome = loss.evaluate(batch)
    func compare(
      _ derivatives: [Double]?, _ numbers: WritableKeyPath<Example, [Double]>, _ name: String
    ) {
      guard let derivatives else { return }
      for (pair, derivative) in derivatives.enumerated() {
        let difference = centralDifference(at: self[keyPath: numbers][pair]) { value in
          var moved = self
          moved[keyPath: numbers][pair] = value
          return loss.evaluate(moved.batch).values.reduce(0, +)
        }
        #expect(
          abs(difference - derivative) < 1e-6 * abs(derivative) + 1e-9, "\(name) of pair \(pair)",
          sourceLocation: sourceLocation)
      }
    }
    compare(outcome.gradient.chosen, \.chosen, "chosen side")
    compare(outcome.gradient.rejected, \.rejected, "rejected side")
    compare(outcome.likelihoodGradient, \.givenLikelihoods, "likelihood")
    #expect(
      (outcome.gradient.chosen + (outcome.likelihoodGradient ?? [])).contains { abs($0) > 1e-5 },
      sourceLocation: sourceLocation)
  }

  var givenLikelihoods: [Double] {
    get { likelihoods ?? [] }
    set { likelihoods = newValue }
  }
}

@Suite("DPO family: gradient")
struct DPOLossGradientTests {
  @Test("matches central differences on both sides", arguments: allVariants, [0.1, 0.5])
  func matchesDifferences(variant: DPOVariant, beta: Double) {
    Example().check(DPOLoss(beta: beta, variant: variant))
  }

  @Test("likewise without a reference", arguments: referenceFreeVariants)
  func withoutReference(variant: DPOVariant) {
    Example(hasReference: false).check(DPOLoss(beta: 0.3, variant: variant))
  }

  @Test("likewise with weights and margins of the pairs", arguments: allVariants)
  func weighted(variant: DPOVariant) {
    var example = Example(margins: [0.5, 0, 2, -0.25, 1])
    if !variant.couplesPairs { example.weights = [1, 0.5, 2, 0, 0.1] }
    example.check(DPOLoss(beta: 0.3, variant: variant))
  }

  @Test("likewise where judgments are true with a probability", arguments: allVariants)
  func probable(variant: DPOVariant) {
    let loss = DPOLoss(beta: 0.3, variant: variant)
    guard loss.takesProbabilities else { return }
    Example(
      weights: [1, 0.5, 2, 0, 0.1], margins: [0.5, 0, 2, -0.25, 1],
      probabilities: [1, 0.75, 0.5, 0.25, 0]
    ).check(loss)
  }

  @Test("likewise by the likelihood, where that is given apart", arguments: allVariants)
  func separateLikelihood(variant: DPOVariant) {
    let example = Example(likelihoods: [-12, -4, -30, -9, -2])
    let loss = DPOLoss(beta: 0.3, variant: variant)
    example.check(loss)
    let gradient = loss.evaluate(example.batch).likelihoodGradient ?? []
    #expect(gradient.allSatisfy { ($0 < 0) == loss.usesLikelihood })
  }

  @Test("likewise of a sum of losses")
  func mixture() {
    let mixed = DPOLoss(
      beta: 0.2,
      parts: [
        .init(.sigmoid(), weight: 0.8), .init(.bcoPair, weight: 0.2), .init(.likelihood),
        .init(.aotUnpaired(), weight: 3), .init(.ipo(divergence: .jensenShannon), weight: 0.05),
        .init(.orpo, weight: 0.5), .init(.simpo(), weight: 0),
      ])
    Example().check(mixed)
    Example(likelihoods: [-12, -4, -30, -9, -2], margins: [1, 2, 3, 4, 5]).check(mixed)
  }

  @Test(
    "holds its digits far from the origin",
    arguments: [.sigmoid(), .sigmoid(labelSmoothing: 0.1), .ipo(), .hinge(), .sppoHard, .robust()]
      as [DPOVariant], [-700, -40, -2, 0, 0.3, 2, 40, 700] as [Double])
  func extremes(variant: DPOVariant, margin: Double) {
    let loss = DPOLoss(beta: 1, variant: variant)
    let reference = pairs([0], [0])
    // Half of the margin on either side, so that both log ratios are large.
    let (chosen, rejected) = (margin / 2, -margin / 2)
    let outcome = loss.evaluate(batch(pairs([chosen], [rejected]), reference))
    let byChosen = centralDifference(at: chosen) {
      loss.evaluate(batch(pairs([$0], [rejected]), reference)).values[0]
    }
    let byRejected = centralDifference(at: rejected) {
      loss.evaluate(batch(pairs([chosen], [$0]), reference)).values[0]
    }
    #expect(agree(byChosen, outcome.gradient.chosen[0]))
    #expect(agree(byRejected, outcome.gradient.rejected[0]))
  }

  /// Relative error below 1e-6; where the derivative is exactly 0, a difference of pure rounding.
  private func agree(_ difference: Double, _ derivative: Double) -> Bool {
    derivative == 0 ? abs(difference) < 1e-11 : relativeError(difference, derivative) < 1e-6
  }

  @Test("pulls the chosen side above the rejected side at the start", arguments: allVariants)
  func isNotZeroAtTheStart(variant: DPOVariant) {
    // Even smoothing says nothing at a tie, and with a sharp gate discopop has a local minimum below it.
    let exceptions: [DPOVariant] = [.sigmoid(labelSmoothing: 0.5), .discopop()]
    guard !exceptions.contains(variant) else { return }
    let same = pairs([-20, -35], [-25, -30])
    let gradient = DPOLoss(beta: 0.1, variant: variant).evaluate(batch(same, same)).gradient
    // Descending the loss raises what has a negative derivative. apo_down pulls both sides down, nca
    // both, the rejected one faster; all others push them apart.
    for (chosen, rejected) in zip(gradient.chosen, gradient.rejected) { #expect(chosen < rejected) }
  }

  @Test("a well separated pair keeps the digits of its tiny gradient")
  func tinyGradient() {
    let separated = batch(pairs([300], [-400]), pairs([0], [0]))
    for variant in [.sigmoid(), .robust()] as [DPOVariant] {
      let gradient = DPOLoss(beta: 1, variant: variant).evaluate(separated).gradient
      #expect(relativeError(gradient.chosen[0], -9.859676543759770e-305) < 1e-13)  // −e^−700
    }
    // e^−300 and e^−400 by each side's own reward
    let anchored = DPOLoss(beta: 1, variant: .bcoPair).evaluate(separated).gradient
    #expect(relativeError(anchored.chosen[0], -5.148200222412013e-131) < 1e-12)
    #expect(relativeError(anchored.rejected[0], 1.9151695967140057e-174) < 1e-12)
  }
}

internal import LanguageModels
internal import Objectives
internal import Tokenization
internal import TrainingConfiguration

/// How much a run computes, counted from its plan.
public struct RunCost: Equatable, Sendable {
  /// Optimizer steps.
  public var steps = 0
  /// Pairs gone through, each as often as it is visited.
  public var pairs = 0
  /// Tokens given to the policy, prompts once a side: what `num_tokens` will say at the end.
  public var tokens = 0
  /// Tokens computed in training, with what a pair's sides share counted once.
  public var packedTokens = 0
  /// Pairs that the reference scores, if none is in its cache.
  public var referencePairs = 0
  /// Additions and multiplications of all passes: training, reference and evaluation.
  public var operations = 0.0
  /// Packed tokens of the largest micro-batch.
  public var largestMicrobatch = 0
  /// Completion tokens of the micro-batch that has most of them.
  public var mostScoredTokens = 0
}

extension PreferencePlan {
  /// What the run will compute.
  public var cost: RunCost {
    var cost = RunCost()
    let training = data.training.pairs.map(PairCost.init)
    let heldOut = data.heldOut.pairs.map(PairCost.init)
    func operations(_ pair: PairCost) -> Double {
      model.forwardOperations(
        tokens: pair.tokens, scoredTokens: pair.scoredTokens, attendedTokens: pair.attendedTokens)
    }
    // A backward pass is two forward passes; pairs that are coupled are scored once before.
    let passes = objective.loss.couplesPairs ? 4.0 : 3.0
    cost.steps = order.steps.count
    for step in order.steps {
      cost.pairs += step.count
      for pair in step {
        cost.tokens += data.training.pairs[pair].tokenCount
        cost.packedTokens += training[pair].tokens
        cost.operations += passes * operations(training[pair])
      }
      for part in microbatches.split(step, of: data.training.pairs) {
        cost.largestMicrobatch = max(
          cost.largestMicrobatch, part.reduce(0) { $0 + training[$1].tokens })
        cost.mostScoredTokens = max(
          cost.mostScoredTokens, part.reduce(0) { $0 + training[$1].scoredTokens })
      }
    }
    let evaluation = heldOut.reduce(0) { $0 + operations($1) }
    if objective.loss.needsReference {
      let visited = order.visited
      cost.referencePairs = visited.count + heldOut.count
      cost.operations += visited.reduce(evaluation) { $0 + operations(training[$1]) }
    }
    let evaluations = (configuration.run.evaluationSteps.map { (cost.steps - 1) / $0 } ?? 0) + 1
    cost.operations += Double(evaluations) * evaluation
    return cost
  }
}

/// What one pair costs in a packed batch.
private struct PairCost {
  let tokens: Int
  let scoredTokens: Int
  /// Over all of its tokens, how many each of them sees.
  let attendedTokens: Int

  init(_ pair: TokenizedPair) {
    let batch = PackedBatch([pair.sequences])
    tokens = batch.tokens.count
    scoredTokens = batch.targets.count
    attendedTokens = batch.positions.reduce(0) { $0 + $1 + 1 }
  }
}

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
}

extension PreferencePlan {
  /// What the run will compute.
  public var cost: RunCost {
    var cost = RunCost()
    let training = data.training.pairs.map(PairCost.init)
    let heldOut = data.heldOut.pairs.map(PairCost.init)
    let forward = model.forwardCost
    func operations(_ pair: PairCost) -> Double {
      forward.operations(
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

/// What one pair costs in a packed batch, counted without packing it.
private struct PairCost {
  let tokens: Int
  let scoredTokens: Int
  /// Over all of its tokens, how many each of them sees.
  let attendedTokens: Int

  init(_ pair: TokenizedPair) {
    let shared = zip(pair.chosen, pair.rejected).prefix { $0 == $1 }.count
    let trunk = pair.prompt.count + shared
    let branches = [pair.chosen.count - shared, pair.rejected.count - shared]
    tokens = trunk + branches[0] + branches[1]
    scoredTokens = pair.scoredTokens
    // The first of n tokens sees itself alone, the last one all n; a branch sees the trunk as well.
    func triangle(_ count: Int) -> Int { count * (count + 1) / 2 }
    attendedTokens = branches.reduce(triangle(trunk)) { $0 + $1 * trunk + triangle($1) }
  }
}

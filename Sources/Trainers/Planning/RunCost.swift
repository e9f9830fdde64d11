internal import LanguageModels
internal import TrainingConfiguration

/// How much a run computes, counted from its plan.
public struct RunCost: Equatable, Sendable {
  /// Optimizer steps.
  public var steps = 0
  /// Items (pairs, rows) gone through, each as often as it is visited.
  public var items = 0
  /// Tokens given to the model, prompts once a completion: what `num_tokens` will say at the end.
  public var tokens = 0
  /// Tokens computed in training, with what an item's sequences share counted once.
  public var packedTokens = 0
  /// Items that the reference scores, if none is in its cache.
  public var referenceItems = 0
  /// Items whose hidden states are computed, once each, because the backbone stays as it is.
  public var encodedItems = 0
  /// Additions and multiplications of all passes: training, reference, hidden states and evaluation.
  public var operations = 0.0
}

extension TransformerPlan {
  /// Counts what the run will compute.
  func countedCost() -> RunCost {
    let costs = costs
    let forward = model.forwardCost
    func operations(_ item: ItemCost) -> Double {
      forward.operations(
        tokens: item.packedTokens, scoredTokens: item.scoredTokens,
        attendedTokens: item.attendedTokens)
    }
    var cost = RunCost()
    cost.steps = order.steps.count
    for step in order.steps {
      cost.items += step.count
      for item in step {
        cost.tokens += costs.training[item].tokenCount
        cost.packedTokens += costs.training[item].packedTokens
        cost.operations += costs.passes * operations(costs.training[item])
      }
    }
    let evaluation = costs.heldOut.reduce(0) { $0 + operations($1) }
    cost.referenceItems = costs.reference.count
    cost.encodedItems = costs.encoded.count
    cost.operations += (costs.reference + costs.encoded).reduce(0) { $0 + operations($1) }
    let interval = configuration.run.evaluationSteps
    let evaluations = (interval.map { (cost.steps - 1) / $0 } ?? 0) + 1
    cost.operations += Double(evaluations) * evaluation
    return cost
  }
}

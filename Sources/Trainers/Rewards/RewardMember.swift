internal import LanguageModels
internal import TorchEngine
internal import TrainingConfiguration

/// One model of a run of `attune reward`: a member of an ensemble of models, or the only one.
struct RewardMember {
  /// From 0.
  let number: Int
  private let configuration: RewardConfiguration

  init(number: Int, of configuration: RewardConfiguration) {
    self.number = number
    self.configuration = configuration
  }

  /// The start of what members differ by: fresh heads, the order of the data, what is left out.
  var seed: UInt64 { UInt64(configuration.run.seed + number) }

  /// Judgments whose scores give mean and deviation: the standard errors of both are then some
  /// hundredths of the deviation.
  var referenceSize: Int { 256 }

  /// Which items each step sees.
  func order(count: Int) -> VisitOrder {
    var ordered = configuration
    ordered.run.seed += number
    return VisitOrder(count: count, ordered)
  }

  /// What the run is.
  ///
  /// - Parameters:
  ///   - data: A digest of what it trains on.
  ///   - model: A digest of the model that it starts from, if there is one.
  /// - Returns: What a checkpoint must agree with.
  func identity(data: String, model: String?) -> RunIdentity {
    var inputs = ["training data": data, "member of the ensemble": "\(number)"]
    inputs["model"] = model
    return RunIdentity(method: "reward", settings: configuration, inputs: inputs)
  }

  /// The method, ready for its first step.
  func method(
    _ model: any ScoreModel & TrainableModel, training: RewardExamples, heldOut: RewardExamples,
    microbatches: Microbatches
  ) -> RewardModelling {
    RewardModelling(
      rewardModel: model, objective: RewardObjective(configuration), training: training,
      heldOut: heldOut, microbatches: microbatches,
      memberWeights: MemberWeights(
        training.judgments.map(\.weight), members: configuration.head.members, seed: seed),
      dropout: configuration.headDropout, l2Coefficient: configuration.l2Coefficient, seed: seed)
  }

  /// Stores mean and deviation of each member's scores on a reference set.
  func normalize(_ model: any ScoreModel, on reference: RewardExamples) throws {
    var scores = [[Double]](repeating: [], count: model.head.members)
    let parts = Microbatches(size: nil, tokenBudget: 4096)
      .split(Array(reference.judgments.indices)) { reference.rowCounts[$0] }
    for part in parts {
      let scored = try withoutGradients { () throws(EngineError) in
        try reference.scores(of: part).members
      }
      for member in scored.indices { scores[member] += scored[member] }
    }
    let normalization = scores.compactMap(RewardModelRecord.Normalization.init(of:))
    // Scores that are all the same have no scale.
    model.record.normalization = normalization.count == scores.count ? normalization : []
  }
}

extension RewardConfiguration {
  /// The shape of the heads of one model.
  var head: ScoreHeadShape {
    let usual = features.isEmpty ? HeadChoice.linear : .mlp
    return ScoreHeadShape(
      members: ensembleType == .heads ? ensembleSize : 1,
      kind: (headType ?? usual) == .linear ? .linear : .multilayer(width: headHiddenSize))
  }
}

extension RewardModelRecord.Normalization {
  /// Mean and population deviation of some scores; `nil` where they do not differ.
  fileprivate init?(of scores: [Double]) {
    let count = Double(scores.count)
    let mean = scores.reduce(0, +) / count
    let variance = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    guard variance > 0 else { return nil }
    self.init(mean: mean, deviation: variance.squareRoot())
  }
}

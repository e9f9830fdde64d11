extension RewardSourceConfiguration {
  /// Settings that do not go together, and settings that would have no effect.
  public var conflicts: [SettingProblem] {
    sourceConflicts + weightConflicts + idleConflicts
  }

  private var sourceConflicts: [SettingProblem] {
    guard sourceCount == 0 else { return [] }
    return [
      SettingProblem(
        setting: "reward_model",
        message: "nothing says how good a completion is: give reward_model, reward_program, "
          + "reward_endpoint, reward_rules or reward_gold")
    ]
  }

  private var weightConflicts: [SettingProblem] {
    var problems: [SettingProblem] = []
    if !weights.isEmpty, sourceCount > 0, weights.count != sourceCount {
      problems.append(
        SettingProblem(
          setting: "reward_weights",
          message:
            "reward_weights has \(weights.count) numbers for \(sourceCount) sources of reward; "
            + "give one each, in the order model, program, endpoint, rules, gold"))
    }
    if !clipRange.isEmpty, clipRange.count != 2 || clipRange[0] >= clipRange[1] {
      problems.append(
        SettingProblem(
          setting: "reward_clip_range",
          message:
            "reward_clip_range is \(clipRange.map { "\($0)" }.joined(separator: ", ")), but must be "
            + "two numbers, the lower one first"))
    }
    return problems
  }

  /// Settings of what is not there.
  private var idleConflicts: [SettingProblem] {
    let usual = RewardSourceConfiguration()
    let isTimed = program != nil || endpoint != nil
    let isLearned = !models.isEmpty || isTimed
    let rows: [(name: String, isSet: Bool, hasEffect: Bool, need: String)] = [
      ("reward_aggregation", aggregation != usual.aggregation, !models.isEmpty, "reward_model"),
      ("reward_lambda", lambda != usual.lambda, aggregation == .uwo, "reward_aggregation uwo"),
      ("reward_timeout", timeout != usual.timeout, isTimed, "reward_program or reward_endpoint"),
      (
        "reward_normalization", normalization == .stored, !models.isEmpty,
        "reward_model, which stores mean and deviation"
      ),
      (
        "reward_normalization", normalization == .running, isLearned,
        "reward_model, reward_program or reward_endpoint"
      ),
      (
        "reward_likelihood", needsReference, isLearned,
        "reward_model, reward_program or reward_endpoint"
      ),
      (
        "reward_likelihood_threshold", likelihoodThreshold != usual.likelihoodThreshold,
        needsReference, "reward_likelihood scaled or filtered"
      ),
    ]
    return rows.filter { $0.isSet && !$0.hasEffect }.map {
      SettingProblem(
        setting: $0.name,
        message:
          "\($0.name) is given, but has an effect only with \($0.need); leave it out, or give that")
    }
  }
}

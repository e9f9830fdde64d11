extension RewardConfiguration {
  /// Settings that do not go together, and settings that would have no effect.
  public var conflicts: [SettingProblem] {
    data.conflicts + run.conflicts(with: data) + headConflicts + ensembleConflicts
      + smoothnessConflicts
  }

  private var headConflicts: [SettingProblem] {
    let usual = RewardConfiguration()
    guard headType == .linear else { return [] }
    var problems: [SettingProblem] = []
    func unused(_ setting: String, _ value: String) {
      problems.append(
        SettingProblem(
          setting: setting,
          message: "\(setting) is \(value), but head_type is linear, which has no hidden layer; "
            + "leave it out, or use head_type mlp"))
    }
    if headHiddenSize != usual.headHiddenSize { unused("head_hidden_size", "\(headHiddenSize)") }
    if headDropout != usual.headDropout { unused("head_dropout", "\(headDropout)") }
    return problems
  }

  private var ensembleConflicts: [SettingProblem] {
    guard ensembleSize == 1, ensembleType != RewardConfiguration().ensembleType else { return [] }
    return [
      SettingProblem(
        setting: "ensemble_type",
        message: "ensemble_type is \(ensembleType.rawValue), but ensemble_size is 1; "
          + "give ensemble_size, or leave ensemble_type out")
    ]
  }

  private var smoothnessConflicts: [SettingProblem] {
    guard smoothnessCoefficient == 0, smoothnessDrop != RewardConfiguration().smoothnessDrop else {
      return []
    }
    return [
      SettingProblem(
        setting: "smoothness_drop",
        message: "smoothness_drop is \(smoothnessDrop), but smoothness_coefficient is 0; "
          + "give smoothness_coefficient, or leave smoothness_drop out")
    ]
  }
}

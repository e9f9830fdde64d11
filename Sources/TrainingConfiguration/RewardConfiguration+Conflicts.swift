extension RewardConfiguration {
  /// Settings that do not go together, and settings that would have no effect.
  public var conflicts: [SettingProblem] {
    data.conflicts + run.conflicts(with: data) + featureConflicts + headConflicts
      + ensembleConflicts + smoothnessConflicts
  }

  /// What is about language models and texts has no place beside vectors of features.
  private var featureConflicts: [SettingProblem] {
    guard !features.isEmpty else { return [] }
    let usual = RewardConfiguration()
    var problems: [SettingProblem] = []
    func refuse(_ setting: String, _ value: String, _ reason: String) {
      problems.append(
        SettingProblem(
          setting: setting,
          message: "\(setting) is \(value), but features are given, \(reason); "
            + "leave one of them out"))
    }
    if let model { refuse("model", "'\(model)'", "which need no language model") }
    if !data.files.isEmpty {
      refuse("data", data.files.map { "'\($0)'" }.joined(separator: ", "), "which take its place")
    }
    if data.maxLength != usual.data.maxLength {
      refuse("max_length", "\(data.maxLength)", "which have no tokens")
    }
    if backbone != usual.backbone {
      refuse("backbone", backbone.rawValue, "which need no language model")
    }
    if headType == .linear { refuse("head_type", "linear", "which take an mlp") }
    if rankingLoss != usual.rankingLoss {
      refuse("ranking_loss", rankingLoss.rawValue, "which are judged in pairs")
    }
    if smoothnessCoefficient != 0 {
      refuse("smoothness_coefficient", "\(smoothnessCoefficient)", "which have no perturbed copies")
    }
    return problems
  }

  private var headConflicts: [SettingProblem] {
    let usual = RewardConfiguration()
    guard features.isEmpty, headType != .mlp else { return [] }
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

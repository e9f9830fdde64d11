extension DPOConfiguration {
  /// Losses that do not go together, and settings that would have no effect.
  public var conflicts: [SettingProblem] {
    data.conflicts + run.conflicts(with: data) + listConflicts + divergenceConflicts
      + smoothingConflicts + weightingConflicts + agreementConflicts + unusedSettings
  }

  /// What is wrong with the two lists by themselves.
  private var listConflicts: [SettingProblem] {
    if lossTypes.isEmpty {
      return [
        SettingProblem(
          setting: "loss_type", message: "loss_type is empty; name a loss, such as sigmoid")
      ]
    }
    var problems: [SettingProblem] = []
    for choice in DPOLossChoice.allCases where lossTypes.count(where: { $0 == choice }) > 1 {
      problems.append(
        SettingProblem(
          setting: "loss_type",
          message: "loss_type has \(choice.rawValue) more than once; "
            + "name it once, and give loss_weights to count it more"))
    }
    guard !lossWeights.isEmpty else { return problems }
    if lossWeights.count != lossTypes.count {
      problems.append(
        SettingProblem(
          setting: "loss_weights",
          message: "loss_weights has \(lossWeights.count) "
            + "\(lossWeights.count == 1 ? "number" : "numbers"), but loss_type has "
            + "\(lossTypes.count) (\(list(lossTypes))); give one for each, or leave loss_weights out"
        ))
    } else if lossWeights.allSatisfy({ $0 == 0 }) {
      problems.append(
        SettingProblem(
          setting: "loss_weights",
          message: "loss_weights has nothing but 0, so there is nothing to minimise; "
            + "give at least one loss a weight above 0"))
    }
    return problems
  }

  private var divergenceConflicts: [SettingProblem] {
    guard fDivergenceType != .reverseKL else { return [] }
    let refused = lossTypes.filter { !$0.allowsDivergence }
    guard !refused.isEmpty else {
      return unused(
        "f_divergence_type", fDivergenceType.rawValue, unless: \.usesDivergence)
    }
    return [
      SettingProblem(
        setting: "f_divergence_type",
        message: "f_divergence_type is \(fDivergenceType.rawValue), but "
          + "\(list(refused)) \(refused.count == 1 ? "has" : "have") no such form; "
          + "leave it out, or use it with \(list(DPOLossChoice.allCases.filter(\.usesDivergence)))")
    ]
  }

  private var smoothingConflicts: [SettingProblem] {
    if labelSmoothing != 0 {
      return unused("label_smoothing", "\(labelSmoothing)", unless: \.usesLabelSmoothing)
    }
    guard lossTypes.contains(.exoPair) else { return [] }
    return [
      SettingProblem(
        setting: "loss_type",
        message: "loss_type exo_pair needs a label_smoothing above 0, since it takes its "
          + "logarithm; its paper recommends --label-smoothing 0.001")
    ]
  }

  private var weightingConflicts: [SettingProblem] {
    let coupled = lossTypes.filter { $0 == .aot || $0 == .aotUnpaired }
    guard useWeighting, !coupled.isEmpty else { return [] }
    return [
      SettingProblem(
        setting: "use_weighting",
        message: "use_weighting is true, but \(list(coupled)) compares ranks and not pairs, so no "
          + "pair has a weight there; leave one of them out")
    ]
  }

  private var agreementConflicts: [SettingProblem] {
    let refused = DPOLossChoice.allCases.filter {
      lossTypes.contains($0) && !$0.takesProbabilities(cpoAlpha: cpoAlpha)
    }
    guard agreement == .probability, !refused.isEmpty else { return [] }
    return [
      SettingProblem(
        setting: "agreement",
        message: "agreement is probability, but \(list(refused)) "
          + (refused.count == 1 ? "looks" : "look")
          + " at the chosen side alone or at several pairs at once, so no pair can be turned round "
          + "there; use weight or ignore, or another loss_type")
    ]
  }

  /// Settings that are not at their defaults and that no loss in the list looks at.
  private var unusedSettings: [SettingProblem] {
    let usual = DPOConfiguration()
    var problems: [SettingProblem] = []
    if fAlphaDivergenceCoefficient != usual.fAlphaDivergenceCoefficient, fDivergenceType != .alpha {
      problems.append(
        SettingProblem(
          setting: "f_alpha_divergence_coef",
          message: "f_alpha_divergence_coef is \(fAlphaDivergenceCoefficient), but "
            + "f_divergence_type is \(fDivergenceType.rawValue); leave it out, or use "
            + "f_divergence_type alpha_divergence"))
    }
    if let ldAlpha { problems += unused("ld_alpha", "\(ldAlpha)") { $0 != .sft } }
    if discopopTau != usual.discopopTau {
      problems += unused("discopop_tau", "\(discopopTau)") { $0 == .discopop }
    }
    if cpoAlpha != usual.cpoAlpha { problems += unused("cpo_alpha", "\(cpoAlpha)") { $0 == .cpo } }
    if simpoGamma != usual.simpoGamma {
      problems += unused("simpo_gamma", "\(simpoGamma)") { $0 == .simpo }
    }
    if let referenceModel {
      problems += unused("reference_model", "'\(referenceModel)'", unless: \.needsReference)
    }
    if let referenceCache {
      problems += unused("reference_cache", "'\(referenceCache)'", unless: \.needsReference)
    }
    return problems
  }

  /// A problem if none of the chosen losses looks at a setting.
  ///
  /// - Parameters:
  ///   - setting: The setting's name.
  ///   - value: Its value, as the sentence shall have it.
  ///   - uses: Whether a loss looks at it.
  /// - Returns: One problem or none.
  private func unused(
    _ setting: String, _ value: String, unless uses: (DPOLossChoice) -> Bool
  ) -> [SettingProblem] {
    guard !lossTypes.isEmpty, !lossTypes.contains(where: uses) else { return [] }
    let losses =
      lossTypes.count == 1
      ? "loss_type \(list(lossTypes)) does not use it" : "none of \(list(lossTypes)) uses it"
    return [
      SettingProblem(
        setting: setting,
        message: "\(setting) is \(value), but \(losses); leave it out, or use it with "
          + list(DPOLossChoice.allCases.filter(uses)))
    ]
  }

  private func list(_ choices: [DPOLossChoice]) -> String {
    choices.map(\.rawValue).joined(separator: ", ")
  }
}

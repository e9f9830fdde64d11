extension KTOConfiguration {
  /// Settings that do not go together, and settings that would have no effect.
  public var conflicts: [SettingProblem] {
    data.conflicts + run.conflicts(with: data) + weightConflicts + shiftConflicts + stepConflicts
  }

  private var weightConflicts: [SettingProblem] {
    guard desirableWeight == 0, undesirableWeight == 0 else { return [] }
    return [
      SettingProblem(
        setting: "desirable_weight",
        message: "desirable_weight and undesirable_weight are both 0, so there is nothing to "
          + "minimise; give at least one of them a weight above 0")
    ]
  }

  private var shiftConflicts: [SettingProblem] {
    guard bcoShift != KTOConfiguration().bcoShift, lossType != .bco else { return [] }
    return [
      SettingProblem(
        setting: "bco_shift",
        message: "bco_shift is \(bcoShift.rawValue), but loss_type \(lossType.rawValue) does not "
          + "use it; leave it out, or use it with bco")
    ]
  }

  /// KTO takes each prompt with the completion of another row of its step.
  private var stepConflicts: [SettingProblem] {
    guard lossType == .kto, batches.itemsPerStep == 1 else { return [] }
    return [
      SettingProblem(
        setting: "batch_size",
        message:
          "batch_size is 1 and so is gradient_accumulation_steps, but loss_type kto compares "
          + "each prompt with the completion of another row of the step; give a larger batch_size, "
          + "or use loss_type apo_zero_unpaired or bco")
    ]
  }
}

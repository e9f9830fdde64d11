/// The losses for unpaired judgments, under the names of TRL and of its authors; `KTOLoss` in
/// `Objectives` has their formulas.
public enum KTOLossChoice: String, SettingChoice {
  /// Kahneman–Tversky optimization.
  case kto
  /// Anchored preference optimization for single completions, for desirable ones better than the
  /// model's own.
  case apoZeroUnpaired = "apo_zero_unpaired"
  /// Binary classifier optimization. TRL's trainer for it has a learning rate of 5e-7 by default.
  case bco
}

/// How the two classes make up the shift δ of `bco`.
public enum BCOShiftChoice: String, SettingChoice {
  /// The mean of the means of both classes, which no imbalance of the data moves.
  case classMeans = "class_means"
  /// The mean over all completions, as in TRL.
  case pooled
}

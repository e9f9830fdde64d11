/// How the backbone of a reward model takes part.
public enum BackboneChoice: String, SettingChoice {
  /// It is trained with the head.
  case trained
  /// It stays as it is.
  case frozen
  /// It is the policy's own, stays as it is, and is not saved again.
  case shared
}

/// What reads the last hidden state.
public enum HeadChoice: String, SettingChoice {
  /// One linear map.
  case linear
  /// Linear, ReLU, dropout, linear.
  case mlp
}

/// What the members of an ensemble share.
public enum EnsembleChoice: String, SettingChoice {
  /// The backbone.
  case heads
  /// Nothing.
  case models
}

/// The loss of rankings.
public enum RankingLossChoice: String, SettingChoice {
  /// Plackett and Luce's: the best is chosen of all, the second best of the rest, and so on.
  case plackettLuce = "plackett_luce"
  /// The mean of Bradley and Terry's over all pairs.
  case allPairs = "all_pairs"
}

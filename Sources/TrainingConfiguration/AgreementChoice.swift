/// What the share of annotators who agreed with a judgment means.
public enum AgreementChoice: String, SettingChoice {
  /// How much the pair counts.
  case weight
  /// The probability that the chosen side is the better one.
  case probability
  /// Nothing.
  case ignore
}

extension Setting {
  /// What the rows' agreement means to a method that learns from pairs.
  static func agreement(
    _ property: any WritableKeyPath<Root, AgreementChoice> & Sendable
  ) -> Setting {
    Setting(
      "agreement", property,
      "What a row's agreement means: a weight of the pair, the probability that chosen is better, or "
        + "nothing.")
  }
}

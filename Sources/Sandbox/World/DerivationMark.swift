/// What a derivation says about itself.
public enum DerivationMark: Sendable {
  /// What a prompt asks.
  case prompt(PromptTopic)
  /// How it is answered.
  case completion(Quality)
}

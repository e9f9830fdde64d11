/// What a request may ask for at most. Bodies and depths of JSON have limits of their own.
public struct RequestLimits: Sendable, Hashable {
  /// Choices of a prompt: the most that `n` may be.
  public var choices = 16
  /// Messages of a conversation.
  public var messages = 1024
  /// Parts of which the content of a message is made.
  public var parts = 256
  /// Prompts in a list.
  public var prompts = 16
  /// Code points of a text that a model reads, and token ids of a prompt.
  public var characters = 1 << 20
  /// Texts at which a completion stops.
  public var stopTexts = 4
  /// Code points of a text at which a completion stops.
  public var stopCharacters = 256
  /// Token ids at which a completion stops.
  public var stopIDs = 64
  /// Tokens of a completion.
  public var maxTokens = 32_768
  /// Tokens beside the one drawn whose log probabilities are given.
  public var alternatives = 20
  /// Pairs of prompt and completion in a request for scores.
  public var scores = 64
  /// Code points of a name, an id or a label.
  public var nameCharacters = 256
  /// Code points of what somebody writes about an answer.
  public var commentCharacters = 20_000
  /// Tags of a piece of feedback, and pairs of metadata.
  public var tags = 16

  /// Limits with which 2 cores serve strangers.
  public init() {}
}

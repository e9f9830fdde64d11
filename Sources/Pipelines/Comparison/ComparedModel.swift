public import Sandbox

/// What a model has answered, and what judges say about it.
public struct ComparedModel: Sendable, Hashable {
  /// What it is called.
  public var name: String
  /// Where it is.
  public var directory: String
  /// Its completions of each prompt, equally many of each. Shape `[prompts][completions]`.
  public var completions: [[ComparedCompletion]]

  /// A model with its answers.
  ///
  /// - Parameters:
  ///   - name: What it is called.
  ///   - directory: Where it is.
  ///   - completions: Its completions of each prompt, equally many of each.
  public init(name: String, directory: String, completions: [[ComparedCompletion]]) {
    self.name = name
    self.directory = directory
    self.completions = completions
  }
}

/// One answer, and what judges say about it.
public struct ComparedCompletion: Sendable, Hashable {
  /// The answer, without what ended it.
  public var text: String
  /// Its tokens, an end of sequence among them.
  public var tokens: Int
  /// Whether the limit of length has cut it.
  public var isCutOff: Bool
  /// The score that decides; `nil` where a judge compares without scores.
  public var score: Double?
  /// The scores of further judges, in their order.
  public var furtherScores: [Double] = []
  /// What the sandbox's judge says, where it is one of the judges.
  public var gold: GoldScore?
  /// Whether it declines to do what was asked, as far as phrases tell.
  public var refuses = false
  /// Σ_t log π − log π_ref in nats, where a reference was given.
  public var divergence: Double?

  /// An answer of which nothing is known yet.
  ///
  /// - Parameters:
  ///   - text: The answer, without what ended it.
  ///   - tokens: Its tokens, an end of sequence among them.
  ///   - isCutOff: Whether the limit of length has cut it.
  public init(_ text: String, tokens: Int, isCutOff: Bool = false) {
    self.text = text
    self.tokens = tokens
    self.isCutOff = isCutOff
  }
}

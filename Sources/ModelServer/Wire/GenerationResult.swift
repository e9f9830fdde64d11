public import Sampling

/// What a model has written to a request.
public struct GenerationResult: Sendable, Hashable {
  /// The completions, in the order of their ``ChoiceResult/index``.
  public var choices: [ChoiceResult]
  /// How many tokens there were.
  public var usage: TokenUsage

  /// A result.
  ///
  /// - Parameters:
  ///   - choices: The completions, in the order of their index.
  ///   - usage: How many tokens there were.
  public init(choices: [ChoiceResult], usage: TokenUsage) {
    (self.choices, self.usage) = (choices, usage)
  }
}

/// One completion.
public struct ChoiceResult: Sendable, Hashable {
  /// Its number among all completions of the request, from 0: prompt · n + choice.
  public var index: Int
  /// What is written.
  public var text: String
  /// The tokens of which the text is made, where log probabilities were asked for.
  public var tokens: [GeneratedToken]?
  /// Why it ends.
  public var ending: ChoiceEnding

  /// A completion.
  ///
  /// - Parameters:
  ///   - index: Its number among all completions of the request, from 0.
  ///   - text: What is written.
  ///   - tokens: The tokens, where log probabilities were asked for.
  ///   - ending: Why it ends.
  public init(index: Int, text: String, tokens: [GeneratedToken]? = nil, ending: ChoiceEnding) {
    (self.index, self.text, self.tokens, self.ending) = (index, text, tokens, ending)
  }
}

/// Why a completion ends: `finish_reason`.
public enum ChoiceEnding: String, Sendable, Hashable, CaseIterable {
  /// The model ended it, or a text or id at which it was to stop came up.
  case stop
  /// It had as many tokens as it may have.
  case length
  /// The filter of safety ended it.
  case contentFilter = "content_filter"

  /// Why a completion that no filter has touched ends.
  ///
  /// - Parameter reason: What the sampler says.
  public init(_ reason: SampledCompletion.FinishReason) {
    switch reason {
    case .stop: self = .stop
    case .length: self = .length
    }
  }
}

/// How many tokens a request took.
public struct TokenUsage: Sendable, Hashable {
  /// Tokens that were read; a prompt with several choices counts once.
  public var prompt: Int
  /// Tokens that were written, those that ended a completion among them.
  public var completion: Int

  /// Numbers of tokens.
  ///
  /// - Parameters:
  ///   - prompt: Tokens that were read.
  ///   - completion: Tokens that were written.
  public init(prompt: Int, completion: Int) {
    (self.prompt, self.completion) = (prompt, completion)
  }
}

internal import Sampling
internal import Tokenization

/// One choice of an answer, from the tokens as they come to the text as it may be sent.
struct ChoiceAssembly {
  /// What is to be sent of a choice.
  struct Part: Sendable {
    let choice: Int
    let text: String
    /// The tokens of the text since the last part, where they are asked for.
    let tokens: [GeneratedToken]?
    /// Characters of the text before this part.
    let offset: Int
    /// Why the choice ends with this part; `nil` where it goes on.
    let ending: ChoiceEnding?
  }

  let index: Int
  private let tokenizer: Tokenizer
  private let parameters: SamplingParameters
  private let namesTokens: Bool
  private var growing: GrowingText
  private var held: HeldStream?
  /// Tokens of the text.
  private(set) var ids: [Int32] = []
  private var unsent: [GeneratedToken] = []
  private var finishReason: SampledCompletion.FinishReason?
  private var (offset, told) = (0, 0)

  /// All that the model has said, whether it was sent or not.
  private(set) var text = ""
  /// All that was sent.
  private(set) var sent = ""
  /// Tokens that were drawn, ends of sequence among them.
  private(set) var count = 0
  /// How the choice has ended; `nil` while it goes on.
  private(set) var ending: ChoiceEnding?

  /// A choice without tokens.
  ///
  /// - Parameters:
  ///   - index: Which choice.
  ///   - tokenizer: What makes text of tokens.
  ///   - parameters: Where it stops.
  ///   - namesTokens: Whether tokens are told of too.
  ///   - policy: What is done with answers; `nil` where nothing reads along.
  init(
    index: Int, tokenizer: Tokenizer, parameters: SamplingParameters, namesTokens: Bool,
    policy: SafetyPolicy?
  ) {
    (self.index, self.tokenizer, self.parameters) = (index, tokenizer, parameters)
    self.namesTokens = namesTokens
    growing = GrowingText(tokenizer: tokenizer, stops: parameters.stopTexts)
    held = policy.map { HeldStream($0) }
  }

  /// What has been said of the answer; `nil` before the first check.
  var verdict: SafetyVerdict? { held?.verdict }

  /// Takes a token.
  ///
  /// - Parameter token: Of this choice, in its order.
  /// - Returns: Text that may be sent at once.
  mutating func append(_ token: SampledToken) -> String {
    guard ending == nil, finishReason == nil else { return "" }
    count += 1
    if !token.isEnd {
      ids.append(token.token.id)
      if namesTokens { unsent.append(GeneratedToken(token, tokenizer)) }
    }
    var piece = token.isEnd ? "" : growing.append(token.token.id)
    finishReason = token.finishReason
    if finishReason != nil {
      text = parameters.textBeforeStops(tokenizer.decode(ids))
      piece += growing.rest(of: text)
    }
    guard held != nil else { return piece }
    var free = held?.append(piece, tokens: 1) ?? ""
    if finishReason != nil { free += held?.finish() ?? "" }
    return free
  }

  /// What is to be checked before more may be sent.
  var dueCheck: HeldStream.Check? { held?.dueCheck }

  /// Takes a verdict.
  mutating func take(_ verdict: SafetyVerdict, on check: HeldStream.Check) -> String {
    held?.take(verdict, on: check) ?? ""
  }

  /// Whether the safety filter has ended the choice.
  var isStopped: Bool { held?.isStopped ?? false }

  /// What is to be sent, with the end if it has come.
  ///
  /// - Parameter text: What may be sent since the last part.
  /// - Returns: The part; `nil` for nothing.
  mutating func part(_ text: String) -> Part? {
    guard ending == nil else { return nil }
    if isStopped {
      ending = .contentFilter
      unsent = []
    } else if let finishReason, held?.isOver ?? true {
      ending = ChoiceEnding(finishReason)
    }
    guard !text.isEmpty || ending != nil else { return nil }
    // A token says what its text does: of what is held back nothing is told.
    let free = ending == nil ? held.map { $0.sentTokens - told } : nil
    let tokens = Array(unsent.prefix(free ?? unsent.count))
    defer {
      sent += text
      offset += text.unicodeScalars.count
      told += tokens.count
      unsent.removeFirst(tokens.count)
    }
    return Part(
      choice: index, text: text, tokens: namesTokens ? tokens : nil, offset: offset, ending: ending)
  }
}

extension GeneratedToken {
  fileprivate init(_ token: SampledToken, _ tokenizer: Tokenizer) {
    self.init(
      Candidate(token.token, tokenizer),
      alternatives: token.alternatives.map { Candidate($0, tokenizer) })
  }
}

extension GeneratedToken.Candidate {
  fileprivate init(_ token: SampledToken.Likelihood, _ tokenizer: Tokenizer) {
    self.init(
      id: token.id, text: tokenizer.decode([token.id]), bytes: tokenizer.bytes(of: token.id),
      logProbability: token.logProbability)
  }
}

/// What a request was answered, and how long it took.
struct Answer: Sendable {
  /// One choice, whole.
  struct Choice: Sendable {
    let result: ChoiceResult
    /// All that the model has said, what the filter has kept back too.
    let text: String
    let tokens: Int
    /// The ids of ``text``, without ends of sequence.
    let ids: [Int32]
    /// What the filter has said; `nil` where nothing reads along.
    let verdict: SafetyVerdict?
  }

  let choices: [Choice]
  let promptTokens: Int
  /// What the filter has said of the prompt.
  let promptVerdict: SafetyVerdict?
  /// Seconds from the request to the first token, and to the last; the first is `nil` where there is none.
  let firstToken: Double?
  let seconds: Double
  /// Seconds in the queue.
  let queued: Double

  var usage: TokenUsage {
    TokenUsage(prompt: promptTokens, completion: choices.reduce(0) { $0 + $1.tokens })
  }

  var result: GenerationResult {
    GenerationResult(choices: choices.map(\.result), usage: usage)
  }

  /// All that the filter has said.
  var verdicts: [SafetyVerdict] {
    [promptVerdict].compactMap(\.self) + choices.compactMap(\.verdict)
  }
}

internal import Tokenization
internal import TorchEngine

/// A completion that is being sampled.
struct OpenSequence {
  /// Which of all sequences it is.
  let index: Int
  private let request: SequenceRequest
  /// Tokens that it may have.
  private let room: Int
  private(set) var tokens: [Int32] = []
  private(set) var finishReason: SampledCompletion.FinishReason?
  /// Whether its last token is none of the text's.
  private(set) var endsWithEnd = false

  init(index: Int, _ request: SequenceRequest, room: Int) {
    self.index = index
    self.request = request
    self.room = room
  }

  var prompt: [Int32] { request.prompt }
  var group: Int { request.group }
  private var parameters: SamplingParameters { request.parameters }

  /// The token that goes in next, and its place.
  func input(slot: Int) -> Decoder.Input {
    .init(
      slot: slot, position: prompt.count + tokens.count - 1,
      token: tokens.last ?? prompt[prompt.count - 1])
  }

  /// How its next token is drawn.
  func draw(ends: Set<Int32>) -> TokenDraw {
    var draw = TokenDraw()
    draw.temperature = temperature
    draw.topK = parameters.truncation.topK
    draw.topP = parameters.truncation.topP
    draw.minP = parameters.truncation.minP
    if parameters.repetitionPenalty != 1 {
      draw.penalty = parameters.repetitionPenalty
      draw.penalized = Set(prompt).union(tokens).sorted()
    }
    if tokens.count < parameters.minNewTokens { draw.forbidden = allEnds(ends).sorted() }
    draw.uniform = CounterGenerator(seed: parameters.seed).uniform(
      sequence: request.stream, step: tokens.count)
    return draw
  }

  /// The most likely tokens, as many as were asked for.
  func alternatives(_ row: Int, of logits: Tensor) throws(EngineError) -> [SampledToken.Likelihood]
  {
    guard request.alternatives > 0 else { return [] }
    return try logits.likelyTokens(
      row: row, count: min(request.alternatives, logits.shape[1]), temperature: temperature
    ).map { .init(id: $0.id, logProbability: $0.logProbability) }
  }

  private var temperature: Double {
    switch parameters.choice {
    case .greedy: 0
    case .temperature(let temperature): temperature
    }
  }

  private func allEnds(_ ends: Set<Int32>) -> Set<Int32> {
    parameters.stopIDs.isEmpty ? ends : ends.union(parameters.stopIDs)
  }

  /// Takes a token, and ends if it was the last.
  mutating func append(_ token: DrawnToken, ends: Set<Int32>, tokenizer: Tokenizer) {
    tokens.append(token.id)
    if ends.contains(token.id) || parameters.stopIDs.contains(token.id) {
      finishReason = .stop
      endsWithEnd = true
    } else if tokens.count >= parameters.minNewTokens,
      parameters.stopTexts.contains(where: { ending(tokenizer, $0) })
    {
      finishReason = .stop
    } else if tokens.count >= room {
      finishReason = .length
    }
  }

  /// Whether a text has just come up: in the last tokens, of which each has a byte at least.
  private func ending(_ tokenizer: Tokenizer, _ text: String) -> Bool {
    tokenizer.decode(tokens.suffix(text.utf8.count + 4)).contains(text)
  }
}

internal import Tokenization
internal import TorchEngine

/// A completion that is being sampled.
struct OpenSequence {
  /// Which of all sequences it is.
  let index: Int
  /// Which of all prompts it continues.
  let group: Int
  /// What its draws depend on.
  private let stream: UInt64
  let prompt: [Int32]
  /// Tokens that it may have.
  private let room: Int
  private(set) var tokens: [Int32] = []
  private(set) var logProbabilities: [Double] = []
  private(set) var finishReason: SampledCompletion.FinishReason?
  private var endTokens = 0

  init(index: Int, group: Int, stream: UInt64, prompt: [Int32], room: Int) {
    self.index = index
    self.group = group
    self.stream = stream
    self.prompt = prompt
    self.room = room
  }

  /// The token that goes in next, and its place.
  func input(slot: Int) -> Decoder.Input {
    .init(
      slot: slot, position: prompt.count + tokens.count - 1,
      token: tokens.last ?? prompt[prompt.count - 1])
  }

  /// How its next token is drawn.
  func draw(_ parameters: SamplingParameters, ends: Set<Int32>) -> TokenDraw {
    var draw = TokenDraw()
    switch parameters.choice {
    case .greedy: draw.temperature = 0
    case .temperature(let temperature): draw.temperature = temperature
    }
    draw.topK = parameters.truncation.topK
    draw.topP = parameters.truncation.topP
    draw.minP = parameters.truncation.minP
    if parameters.repetitionPenalty != 1 {
      draw.penalty = parameters.repetitionPenalty
      draw.penalized = Set(prompt).union(tokens).sorted()
    }
    if tokens.count < parameters.minNewTokens { draw.forbidden = ends.sorted() }
    draw.uniform = CounterGenerator(seed: parameters.seed).uniform(
      sequence: stream, step: tokens.count)
    return draw
  }

  /// Takes a token, and ends if it was the last.
  mutating func append(
    _ token: DrawnToken, _ parameters: SamplingParameters, ends: Set<Int32>, tokenizer: Tokenizer
  ) {
    tokens.append(token.id)
    logProbabilities.append(token.logProbability)
    if ends.contains(token.id) {
      finishReason = .stop
      endTokens = 1
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

  /// What was sampled; its finish reason is set.
  var sample: SampledTokens {
    SampledTokens(
      tokens: tokens, logProbabilities: logProbabilities, finishReason: finishReason ?? .length,
      endTokens: endTokens)
  }
}

public import LanguageModels
public import Tokenization
public import TorchEngine

/// Sequences that are sampled together, and come and go while the others go on: admit, step, retire.
///
///     var batch = try ContinuousBatch(model, tokenizer: tokenizer, ends: ends, slots: 64, capacity: 512)
///     let numbers = batch.admit(requests)               // at most as many as are free
///     while batch.count > 0 {
///       for token in try batch.step() where token.finishReason != nil { … }
///     }
///
/// Each has its own parameters. Its draws depend on its seed, its stream and its place alone, and what the decoder
/// computes for a sequence does not depend on the others: neither does a completion.
///
/// Memory: slots × capacity × `cacheBytesPerToken` of the model.
public struct ContinuousBatch {
  private let decoder: Decoder
  private let tokenizer: Tokenizer
  private let ends: Set<Int32>
  private let limit: Int
  private var free: [Int]
  private var open: [Place] = []
  private var admitted = 0

  /// Tokens of a sequence that there is room for, with its prompt.
  public let capacity: Int
  /// Sequences that there is room for.
  public let slots: Int

  /// A sequence in its slot.
  private struct Place {
    var sequence: OpenSequence
    let slot: Int
    /// Tokens of the prompt, but for its last, that are in the cache.
    var filled: Int
    /// The number of a sequence with the same prompt, whose cache is copied.
    var source: Int?

    var isFilled: Bool { filled == sequence.prompt.count - 1 }
  }

  /// Rows that a prompt is taken in by at a time: enough to be fast, few enough for the caches.
  private static let prefillRows = 256

  /// A batch without sequences.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - tokenizer: Its tokenizer.
  ///   - ends: The ids at which every sequence ends.
  ///   - slots: Sequences that there is room for.
  ///   - capacity: Tokens of a sequence that there is room for, with its prompt.
  /// - Throws: `EngineError` where the model has no such positions, or memory runs out.
  public init(
    _ model: CausalLanguageModel, tokenizer: Tokenizer, ends: Set<Int32>, slots: Int, capacity: Int
  ) throws(EngineError) {
    decoder = try model.decoder(slots: slots, capacity: capacity)
    (self.tokenizer, self.ends, self.slots, self.capacity) = (tokenizer, ends, slots, capacity)
    limit = min(capacity, model.configuration.sequenceLimit ?? .max)
    free = Array((0..<slots).reversed())
  }

  /// Sequences that are under way.
  public var count: Int { open.count }
  /// Whether all prompts are in.
  public var isFilled: Bool { open.allSatisfy(\.isFilled) }
  /// Sequences that may still be admitted.
  public var freeSlots: Int { free.count }
  /// Tokens in the cache of sequences that are under way.
  public var cachedTokens: Int {
    open.reduce(0) { $0 + $1.filled + $1.sequence.tokens.count }
  }

  /// Admits sequences. Their prompts are taken in by the next steps.
  ///
  /// - Parameter requests: At most as many as there are free slots, each with room for a token at least.
  /// - Returns: Their numbers, which no other sequence of this batch gets.
  public mutating func admit(_ requests: [SequenceRequest]) -> [Int] {
    precondition(requests.count <= free.count, "\(requests.count) sequences, \(free.count) slots")
    return requests.map { request in
      precondition(request.prompt.count < limit, "no room for \(request.prompt.count + 1) tokens")
      let number = admitted
      admitted += 1
      let source = open.first { $0.sequence.group == request.group }?.sequence.index
      open.append(
        Place(
          sequence: OpenSequence(
            index: number, request,
            room: min(request.parameters.maxNewTokens, limit - request.prompt.count)),
          slot: free.removeLast(), filled: 0, source: source))
      return number
    }
  }

  /// Takes a sequence out before it has ended.
  ///
  /// - Parameter number: Its number; nothing happens where it is out already.
  public mutating func retire(_ number: Int) {
    guard let place = open.firstIndex(where: { $0.sequence.index == number }) else { return }
    // Those who wait for its cache take the prompt in themselves; the first of them for the others.
    let waiting = open.indices.filter { open[$0].source == number }
    for other in waiting {
      open[other].source = other == waiting[0] ? nil : open[waiting[0]].sequence.index
    }
    free.append(open.remove(at: place).slot)
  }

  /// Takes in prompts, and then draws a token for each sequence whose prompt is in. Sequences that have ended are out.
  ///
  /// - Parameters:
  ///   - promptTokens: Tokens of prompts that are taken in at most, in multiples of 256: what bounds how long
  ///     the others wait for a newcomer.
  ///   - paused: The numbers of sequences that keep their slots and are not drawn for.
  /// - Returns: One token a sequence, in no particular order.
  /// - Throws: `EngineError` if memory runs out.
  public mutating func step(
    promptTokens: Int = .max, paused: Set<Int> = []
  ) throws(EngineError) -> [SampledToken] {
    try fill(promptTokens)
    let active = open.indices.filter {
      open[$0].isFilled && !paused.contains(open[$0].sequence.index)
    }
    guard !active.isEmpty else { return [] }
    let logits = try decoder.step(
      active.map { open[$0].sequence.input(slot: open[$0].slot) }, wanted: Array(active.indices))
    let drawn = try logits.drawing(active.map { open[$0].sequence.draw(ends: ends) })
    var tokens: [SampledToken] = []
    for (row, place) in active.enumerated().reversed() {
      let alternatives = try open[place].sequence.alternatives(row, of: logits)
      open[place].sequence.append(drawn[row], ends: ends, tokenizer: tokenizer)
      let sequence = open[place].sequence
      tokens.append(
        SampledToken(
          sequence: sequence.index,
          token: .init(id: drawn[row].id, logProbability: drawn[row].logProbability),
          alternatives: alternatives, isEnd: sequence.endsWithEnd,
          finishReason: sequence.finishReason))
      if sequence.finishReason != nil { free.append(open.remove(at: place).slot) }
    }
    return tokens
  }

  /// Takes in prompts, in the order in which they came.
  private mutating func fill(_ promptTokens: Int) throws(EngineError) {
    var room = promptTokens
    while room > 0 {
      var rows: [Decoder.Input] = []
      for place in open.indices where rows.count < Self.prefillRows && open[place].source == nil {
        let (sequence, filled) = (open[place].sequence, open[place].filled)
        let end = min(sequence.prompt.count - 1, filled + Self.prefillRows - rows.count)
        for position in filled..<end {
          rows.append(
            .init(slot: open[place].slot, position: position, token: sequence.prompt[position]))
        }
        open[place].filled = end
      }
      if !rows.isEmpty { _ = try decoder.step(rows, wanted: []) }
      copyFilled()
      guard !rows.isEmpty else { return }
      room -= Self.prefillRows
    }
  }

  /// Gives those that wait for another's cache a copy of it.
  private mutating func copyFilled() {
    for place in open.indices {
      guard let number = open[place].source,
        let source = open.first(where: { $0.sequence.index == number }), source.isFilled
      else { continue }
      let tokens = open[place].sequence.prompt.count - 1
      decoder.copy(from: source.slot, to: open[place].slot, tokens: tokens)
      (open[place].filled, open[place].source) = (tokens, nil)
    }
  }
}

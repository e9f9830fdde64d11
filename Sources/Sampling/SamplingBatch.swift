internal import Tokenization
internal import TorchEngine

/// The sequences that are sampled at the moment, each in a slot of the decoder's cache.
struct SamplingBatch {
  private let decoder: Decoder
  private var free: [Int]
  private var open: [(sequence: OpenSequence, slot: Int)] = []

  /// Rows that a prompt is taken in by at a time: enough to be fast, few enough for the caches.
  private static let prefillRows = 256

  init(decoder: Decoder, slots: Int) {
    self.decoder = decoder
    free = Array((0..<slots).reversed())
  }

  var active: [OpenSequence] { open.map(\.sequence) }

  func sequence(at place: Int) -> OpenSequence { open[place].sequence }

  /// Fills free slots with sequences that wait. All tokens of a prompt but the last are taken in here, or copied
  /// from a sequence beside it with the same prompt.
  mutating func admit(_ waiting: inout ArraySlice<OpenSequence>) throws(EngineError) {
    var fresh: [Decoder.Input] = []
    var copies: [(from: Int, to: Int, tokens: Int)] = []
    while let slot = free.last, let sequence = waiting.popFirst() {
      free.removeLast()
      let before = sequence.prompt.count - 1
      if let sibling = open.first(where: { $0.sequence.group == sequence.group }) {
        copies.append((sibling.slot, slot, before))
      } else {
        fresh += sequence.prompt.prefix(before).enumerated().map {
          .init(slot: slot, position: $0, token: $1)
        }
      }
      open.append((sequence, slot))
    }
    for start in stride(from: 0, to: fresh.count, by: Self.prefillRows) {
      _ = try decoder.step(
        Array(fresh[start..<min(fresh.count, start + Self.prefillRows)]), wanted: [])
    }
    for copy in copies { decoder.copy(from: copy.from, to: copy.to, tokens: copy.tokens) }
  }

  /// Takes in the last token of each sequence; the logits of the next ones, in the order of ``active``.
  func step() throws(EngineError) -> Tensor {
    try decoder.step(
      open.map { $0.sequence.input(slot: $0.slot) }, wanted: Array(open.indices))
  }

  mutating func append(
    _ token: DrawnToken, at place: Int, _ parameters: SamplingParameters, ends: Set<Int32>,
    tokenizer: Tokenizer
  ) {
    open[place].sequence.append(token, parameters, ends: ends, tokenizer: tokenizer)
  }

  /// Takes a sequence out; those behind it move up.
  mutating func retire(at place: Int) {
    free.append(open.remove(at: place).slot)
  }
}

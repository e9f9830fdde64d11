/// Where the prompt ends that both sides of an implicit pair begin with.
enum ImplicitPrompt {
  /// A prompt and what either side adds to it.
  struct Split: Equatable {
    let prompt: Passage
    let chosen: Passage
    let rejected: Passage
  }

  /// Splits a pair whose sides hold their prompt.
  ///
  /// Anthropic's HH transcripts end their prompt with the last `\n\nAssistant:` of either side.
  /// Other text is split as TRL does; see ``commonPrefixLength(of:and:)``. Conversations are split
  /// after their common messages.
  ///
  /// - Returns: nil where the two sides have different prompts.
  static func split(chosen: Passage, rejected: Passage) -> Split? {
    switch (chosen, rejected) {
    case (.text(let chosen), .text(let rejected)):
      if let chosen = Transcript(chosen), let rejected = Transcript(rejected) {
        return split(chosen, rejected)
      }
      let count = commonPrefixLength(of: chosen, and: rejected)
      return Split(
        prompt: .text(String(decoding: chosen.utf8.prefix(count), as: UTF8.self)),
        chosen: .text(String(decoding: chosen.utf8.dropFirst(count), as: UTF8.self)),
        rejected: .text(String(decoding: rejected.utf8.dropFirst(count), as: UTF8.self)))
    case (.messages(let chosen), .messages(let rejected)):
      let count = commonMessages(of: chosen, and: rejected)
      guard count > 0 else { return nil }
      return Split(
        prompt: .messages(Array(chosen.prefix(count))),
        chosen: .messages(Array(chosen.dropFirst(count))),
        rejected: .messages(Array(rejected.dropFirst(count))))
    case (.text, .messages), (.messages, .text):
      return nil
    }
  }

  private static func split(_ chosen: Transcript, _ rejected: Transcript) -> Split? {
    guard chosen.prompt.utf8.elementsEqual(rejected.prompt.utf8) else { return nil }
    return Split(
      prompt: .text(chosen.prompt), chosen: .text(chosen.answer), rejected: .text(rejected.answer))
  }

  /// The length in UTF-8 of the longest common prefix in code points, less one where it ends in a
  /// space: `extract_prompt` of TRL 1.16.0, including that a side which is a prefix of the other
  /// keeps its last code point as completion.
  ///
  /// One accident of TRL's is not repeated: where already the first code points differ and `chosen`
  /// ends in a space, its index wraps around and all but the last code point becomes the prompt.
  /// Here the prompt is then empty.
  static func commonPrefixLength(of chosen: String, and rejected: String) -> Int {
    let chosen = Array(chosen.utf8)
    let rejected = Array(rejected.utf8)
    let shorter = chosen.count < rejected.count ? chosen : rejected
    var count = zip(chosen, rejected).prefix { $0 == $1 }.count
    let isWholeSide = count == shorter.count
    if isWholeSide && count > 0 { count -= 1 }
    while count > 0, shorter[count].isUTF8Continuation { count -= 1 }
    if !isWholeSide, count > 0, chosen[count - 1] == .space { count -= 1 }
    return count
  }

  private static func commonMessages(of chosen: [Message], and rejected: [Message]) -> Int {
    let count = zip(chosen, rejected).prefix { $0 == $1 }.count
    return min(count, max(min(chosen.count, rejected.count) - 1, 0))
  }
}

/// A dialogue as Anthropic's HH data has it, cut behind its last `\n\nAssistant:`.
private struct Transcript {
  let prompt: String
  let answer: String

  /// nil where the text is not such a dialogue.
  init?(_ text: String) {
    let turn = Array(DialogueMarks.assistant.utf8)
    guard text.utf8.starts(with: DialogueMarks.human.utf8) else { return nil }
    let bytes = Array(text.utf8)
    guard
      let start = stride(from: bytes.count - turn.count, through: 0, by: -1)
        .first(where: { bytes[$0] == .lineFeed && bytes[$0...].starts(with: turn) })
    else { return nil }
    prompt = String(decoding: bytes[..<(start + turn.count)], as: UTF8.self)
    answer = String(decoding: bytes[(start + turn.count)...], as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var isUTF8Continuation: Bool { self & 0b1100_0000 == 0b1000_0000 }
}

internal import PreferenceData

/// Prompts on which nothing may be trained, as otherwise they would measure memory.
///
///     let heldOut = HeldOutPrompts.shipped
///     let rows = rows.filter { !heldOut.contains($0.prompt) }
///
/// What is compared are letters and digits alone, in lower case and without the marks of a dialogue: of
/// each turn of a human by itself, and of the conversation up to its end. So a prompt is found alone and
/// within a dialogue, with other spaces, signs or capitals, and with an answer after it; in other words
/// it is not. It takes one pass over the text, a few seconds for a hundred thousand rows.
public struct HeldOutPrompts: Sendable, Hashable {
  private let keys: Set<ArraySlice<UInt8>>

  /// Prompts on which nothing may be trained.
  ///
  /// - Parameter challenges: All of them, whether they are marked as held out or not.
  public init(_ challenges: [Challenge]) {
    keys = Set(
      challenges.compactMap { PromptLetters($0.prompt).conversations.last })
  }

  /// The held-out prompts of ``ChallengeSuite/shipped``.
  public static let shipped = HeldOutPrompts(ChallengeSuite.shipped.heldOut.challenges)

  /// Whether nothing may be trained on a prompt.
  ///
  /// - Parameter prompt: A prompt, a dialogue, or a whole transcript.
  /// - Returns: Whether one of the prompts is a turn of it, or how it begins.
  public func contains(_ prompt: String) -> Bool {
    guard !keys.isEmpty else { return false }
    let letters = PromptLetters(prompt)
    return (letters.conversations + letters.turns).contains(where: keys.contains)
  }
}

/// The letters and digits of a text in lower case, and where the turns of humans are in them.
private struct PromptLetters {
  private static let human = Array(DialogueMarks.human.utf8.drop { $0 == .lineFeed })
  private static let assistant = Array(DialogueMarks.assistant.utf8.drop { $0 == .lineFeed })

  private var letters: [UInt8] = []
  /// Where turns of humans are; the whole of a text that is no dialogue.
  private var places: [Range<Int>] = []

  /// What humans say, a turn each.
  var turns: [ArraySlice<UInt8>] { places.map { letters[$0] } }
  /// What all say up to the end of each turn of a human.
  var conversations: [ArraySlice<UInt8>] { places.map { letters[..<$0.upperBound] } }

  init(_ text: String) {
    let bytes = Array(text.utf8)
    letters.reserveCapacity(bytes.count)
    var start: Int? = 0
    var isLineStart = true
    var index = 0
    while index < bytes.count {
      if isLineStart, bytes[index...].starts(with: Self.human) {
        end(&start)
        start = letters.count
        index += Self.human.count
        isLineStart = false
      } else if isLineStart, bytes[index...].starts(with: Self.assistant) {
        end(&start)
        index += Self.assistant.count
        isLineStart = false
      } else {
        isLineStart = bytes[index] == .lineFeed || isLineStart && bytes[index] == .space
        index = add(bytes, at: index)
      }
    }
    end(&start)
  }

  private mutating func end(_ start: inout Int?) {
    if let first = start, first < letters.count { places.append(first..<letters.count) }
    start = nil
  }

  /// Adds the character at a place, if it is a letter or digit.
  ///
  /// - Returns: Where the next one is.
  private mutating func add(_ bytes: [UInt8], at index: Int) -> Int {
    let byte = bytes[index]
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      letters.append(byte)
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): letters.append(byte | 0x20)
    case 0x80...: return addBeyondASCII(bytes, at: index)
    default: break
    }
    return index + 1
  }

  /// The same for a character of two to four bytes, which say in the first how many they are.
  private mutating func addBeyondASCII(_ bytes: [UInt8], at index: Int) -> Int {
    let end = index + (bytes[index] >= 0xF0 ? 4 : bytes[index] >= 0xE0 ? 3 : 2)
    var value = UInt32(bytes[index]) & (0x7F >> UInt32(end - index))
    for byte in bytes[(index + 1)..<end] { value = value << 6 | UInt32(byte & 0x3F) }
    if let properties = Unicode.Scalar(value)?.properties,
      properties.isAlphabetic || properties.numericType != nil
    {
      if properties.changesWhenLowercased {
        letters += properties.lowercaseMapping.utf8
      } else {
        letters += bytes[index..<end]
      }
    }
    return end
  }
}

extension UInt8 {
  fileprivate static let lineFeed = UInt8(ascii: "\n")
  fileprivate static let space = UInt8(ascii: " ")
}

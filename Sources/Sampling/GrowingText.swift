public import Tokenization

/// A text that grows token by token, told of as far as it is certain: a character may be complete only with the next
/// token, and a stop may have begun.
///
/// Each token is decoded with the few before it that share characters with it, so that a text of n tokens costs n
/// steps, not n².
public struct GrowingText {
  private let tokenizer: Tokenizer
  private let stops: [String]
  private let held: Int
  /// The tokens since the last place but one at which a character was complete.
  private var recent: [Int32] = []
  /// How many of them are decoded.
  private var settled = 0
  /// What may be part of a stop.
  private var tail = ""
  private var shown = ""
  private var isStopped = false

  /// A text of nothing.
  ///
  /// - Parameters:
  ///   - tokenizer: What makes text of tokens.
  ///   - stops: Texts that are not to be shown, nor their beginnings, nor what follows them.
  public init(tokenizer: Tokenizer, stops: [String]) {
    self.tokenizer = tokenizer
    self.stops = stops
    held = max(0, (stops.map(\.unicodeScalars.count).max() ?? 0) - 1)
  }

  /// Takes a token.
  ///
  /// - Parameter token: Its id.
  /// - Returns: What follows what was told of before.
  public mutating func append(_ token: Int32) -> String {
    recent.append(token)
    let text = tokenizer.decode(recent)
    // Not yet a character, or one that the next token may change.
    guard text.unicodeScalars.last != "\u{FFFD}" else { return "" }
    let before = tokenizer.decode(recent.prefix(settled)).unicodeScalars
    tail.unicodeScalars += text.unicodeScalars.dropFirst(before.count)
    recent.removeFirst(settled)
    settled = recent.count
    return grow()
  }

  /// Ends the text.
  ///
  /// - Parameter text: All of it.
  /// - Returns: What of it was not told of yet.
  public func rest(of text: String) -> String {
    guard text.unicodeScalars.starts(with: shown.unicodeScalars) else { return "" }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.dropFirst(shown.unicodeScalars.count)))
  }

  private mutating func grow() -> String {
    if isStopped { return "" }
    if let stop = stops.compactMap({ tail.firstRange(of: $0)?.lowerBound }).min() {
      isStopped = true
      tail = String(tail[..<stop])
    }
    let certain = isStopped ? tail.unicodeScalars[...] : tail.unicodeScalars.dropLast(held)
    let grown = String(String.UnicodeScalarView(certain))
    tail.unicodeScalars.removeFirst(grown.unicodeScalars.count)
    shown += grown
    return grown
  }
}

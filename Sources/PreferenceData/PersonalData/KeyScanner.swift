/// Finds keys of programs by the beginnings that those who give them out have chosen, tokens of three parts
/// (RFC 7519), and private keys (RFC 7468).
enum KeyScanner {
  static func matches(in text: TextStretch) -> [Range<Int>] {
    var (matches, position) = ([Range<Int>](), text.startIndex)
    while position < text.endIndex {
      // Keys begin where a run of their characters does.
      let run = position..<text.end(of: isKeyPart, from: position)
      position = max(run.upperBound, position + 1)
      guard run.count >= shortest, !isKeyPart(text.byte(at: run.lowerBound - 1)),
        let end = keyEnd(text, run) ?? tokenEnd(text, run) ?? blockEnd(text, run.lowerBound)
      else { continue }
      matches.append(run.lowerBound..<end)
      position = end
    }
    return matches
  }

  /// Of the first run of anything that is looked for: `-----BEGIN`.
  private static let shortest = 10

  /// What keys begin with, and how many characters follow at least: OpenAI and those who do as it does, Stripe,
  /// Amazon, GitHub, GitLab, Slack, Hugging Face, Google, npm.
  private static let kinds: [(opening: [UInt8], length: Int)] = [
    ("sk-", 20), ("sk_live_", 16), ("sk_test_", 16), ("rk_live_", 16), ("AKIA", 16), ("ASIA", 16),
    ("ghp_", 30), ("gho_", 30), ("ghu_", 30), ("ghs_", 30), ("ghr_", 30), ("github_pat_", 30),
    ("glpat-", 20), ("xoxb-", 20), ("xoxp-", 20), ("xoxa-", 20), ("xoxr-", 20), ("xoxs-", 20),
    ("hf_", 30), ("AIza", 30), ("npm_", 30),
  ].map { (Array($0.0.utf8), $0.1) }

  /// A key has digits, unlike the names of programs that begin as it does.
  private static func keyEnd(_ text: TextStretch, _ run: Range<Int>) -> Int? {
    let isKey = kinds.contains { kind in
      hasOpening(kind.opening, text, run.lowerBound)
        && run.count >= kind.opening.count + kind.length
        && text[run.dropFirst(kind.opening.count)].contains(where: \.isDigit)
    }
    return isKey ? run.upperBound : nil
  }

  /// Three parts of base64url, the first two of which are objects of JSON: they begin with `{"`.
  private static func tokenEnd(_ text: TextStretch, _ run: Range<Int>) -> Int? {
    var part = run
    for number in 0..<3 {
      guard part.count >= 10, number == 2 || hasOpening(tokenOpening, text, part.lowerBound)
      else { return nil }
      if number == 2 { break }
      guard text.byte(at: part.upperBound) == UInt8(ascii: ".") else { return nil }
      let start = part.upperBound + 1
      part = start..<text.end(of: isKeyPart, from: start)
    }
    return part.upperBound
  }

  /// From `-----BEGIN … PRIVATE KEY-----` as far as there is base64, and what says that it ends.
  private static func blockEnd(_ text: TextStretch, _ start: Int) -> Int? {
    guard let opening = markEnd(beginMark, text, start) else { return nil }
    let body = opening..<text.end(of: isBlockPart, from: opening)
    guard body.count >= 30 else { return nil }
    return markEnd(endMark, text, body.upperBound) ?? body.upperBound
  }

  private static func markEnd(_ words: [UInt8], _ text: TextStretch, _ start: Int) -> Int? {
    guard hasOpening(words, text, start) else { return nil }
    let name = start + words.count
    let end = text.end(of: { $0.isLetter || $0 == .space }, from: name)
    let isPrivate = text[name..<end].suffix(11).elementsEqual("PRIVATE KEY".utf8)
    return isPrivate && hasOpening(dashes, text, end) ? end + 5 : nil
  }

  private static func hasOpening(_ opening: [UInt8], _ text: TextStretch, _ start: Int) -> Bool {
    opening.indices.allSatisfy { text.byte(at: start + $0) == opening[$0] }
  }

  private static func isKeyPart(_ byte: UInt8) -> Bool {
    byte.isWordPart || byte == .hyphen || byte == UInt8(ascii: "_")
  }

  private static func isBlockPart(_ byte: UInt8) -> Bool {
    byte.isAlphanumeric || blockMarks.contains(byte)
  }

  private static let blockMarks = Array("+/=\r\n".utf8)
  private static let tokenOpening = Array("eyJ".utf8)
  private static let (beginMark, endMark) = (Array("-----BEGIN ".utf8), Array("-----END ".utf8))
  private static let dashes = Array("-----".utf8)
}

/// Finds what is secret in the address of a page or a server.
enum AddressScanner {
  /// What stands between `://` and the last `@` of the authority.
  static func credentials(in text: TextStretch) -> [Range<Int>] {
    var matches: [Range<Int>] = []
    var position = text.startIndex
    while position + 2 < text.endIndex {
      guard text[position] == UInt8(ascii: ":"), text[position + 1] == UInt8(ascii: "/"),
        text[position + 2] == UInt8(ascii: "/")
      else {
        position += 1
        continue
      }
      let start = position + 3
      let end = text.end(of: isAuthority, from: start)
      if let at = text[start..<end].lastIndex(of: UInt8(ascii: "@")), at > start {
        matches.append(start..<at)
      }
      // The authority may end with the colon of the next `://`.
      position = max(start, end - 1)
    }
    return matches
  }

  private static func isAuthority(_ byte: UInt8) -> Bool {
    isValue(byte) && byte != UInt8(ascii: "/") && byte != UInt8(ascii: "?")
  }

  /// The values of query fields that hold a secret.
  static func tokens(in text: TextStretch) -> [Range<Int>] {
    var matches: [Range<Int>] = []
    var position = text.startIndex
    while position < text.endIndex {
      guard marks.contains(text[position]) else {
        position += 1
        continue
      }
      let name = position + 1..<text.end(of: isName, from: position + 1)
      position = name.upperBound
      guard text.byte(at: position) == UInt8(ascii: "="),
        names.contains(String(decoding: text[name], as: UTF8.self).lowercased())
      else { continue }
      let end = text.end(of: isValue, from: position + 1)
      if end > position + 1 { matches.append(position + 1..<end) }
      position = end
    }
    return matches
  }

  private static let marks = Set("?&;#".utf8)
  private static let ends = Set("&;#\"'<>()[]{}|\\^`".utf8)
  private static let names: Set = [
    "access_key", "access_token", "api_key", "api-key", "apikey", "auth", "auth_token",
    "client_secret", "id_token", "key", "pass", "passwd", "password", "pwd", "refresh_token",
    "secret", "session", "session_id", "sessionid", "sig", "signature", "token",
    "x-amz-credential", "x-amz-security-token", "x-amz-signature",
  ]

  private static func isName(_ byte: UInt8) -> Bool {
    byte.isAlphanumeric || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }

  private static func isValue(_ byte: UInt8) -> Bool { byte > .space && !ends.contains(byte) }
}

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Base64 with the alphabet for addresses and without padding (RFC 4648, section 5).
enum Base64URL {
  /// The text of some bytes.
  static func text(of bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  /// The bytes of a text, or nil if it is not exactly what ``text(of:)`` would have written.
  ///
  /// Several base64 texts can stand for the same bytes; only one is taken, so that no secret has two
  /// spellings.
  static func bytes(of text: some StringProtocol) -> [UInt8]? {
    let padded =
      String(text).replacing("-", with: "+").replacing("_", with: "/")
      + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    guard let data = Data(base64Encoded: padded), self.text(of: data) == text else { return nil }
    return [UInt8](data)
  }
}

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension PromptMutation {
  /// The prompt in Base64, after what is to be done with it.
  static func asked(inBase64 prompt: String) -> String {
    "The following text is encoded in Base64. Decode it, and answer what it asks.\n\n"
      + Data(prompt.utf8).base64EncodedString()
  }

  /// The prompt with Latin letters moved by thirteen places, after what is to be done with it.
  static func asked(inRot13 prompt: String) -> String {
    "In the following text each letter has been moved by thirteen places in the alphabet. Move them "
      + "back, and answer what it asks.\n\n" + rotated(prompt)
  }

  /// Latin letters moved by half the alphabet, which undoes itself.
  static func rotated(_ text: String) -> String {
    String(
      decoding: text.utf8.map { byte in
        switch byte | 0x20 {
        case UInt8(ascii: "a")...UInt8(ascii: "m"): byte + 13
        case UInt8(ascii: "n")...UInt8(ascii: "z"): byte - 13
        default: byte
        }
      }, as: UTF8.self)
  }
}

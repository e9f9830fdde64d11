/// Which of the two endpoints answers.
public enum ResponseKind: Sendable, Hashable, CaseIterable {
  /// `/v1/chat/completions`.
  case chat
  /// `/v1/completions`.
  case text

  private static let digits = Array(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")

  /// An id that no other response has: 24 characters of 62, which are 142 bits.
  ///
  /// - Parameter random: Where the bits come from, `SystemRandomNumberGenerator` outside of tests.
  /// - Returns: Such as `chatcmpl-…` or `cmpl-…`.
  public func identifier(using random: inout some RandomNumberGenerator) -> String {
    let characters = (0..<24).map { _ in
      Self.digits[Int.random(in: Self.digits.indices, using: &random)]
    }
    return prefix + String(characters)
  }

  private var prefix: String {
    switch self {
    case .chat: "chatcmpl-"
    case .text: "cmpl-"
    }
  }

  /// What a whole response calls itself.
  var wholeObject: String {
    switch self {
    case .chat: "chat.completion"
    case .text: "text_completion"
    }
  }

  /// What a part of a streamed response calls itself.
  var partObject: String {
    switch self {
    case .chat: "chat.completion.chunk"
    case .text: "text_completion"
    }
  }
}

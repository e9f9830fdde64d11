/// A piece of text as a record holds it: plain, or a list of messages for the chat template to
/// render.
public enum Passage: Sendable {
  /// Text that goes to the tokenizer as it stands.
  case text(String)
  /// Turns of a conversation.
  case messages([Message])
}

extension Passage: Hashable {
  /// Equal means the same form and the same bytes; see ``Message``.
  public static func == (left: Passage, right: Passage) -> Bool {
    switch (left, right) {
    case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
    case (.messages(let left), .messages(let right)): left == right
    case (.text, .messages), (.messages, .text): false
    }
  }
}

extension Passage {
  /// Whether there is nothing to learn from: no message, or white space alone.
  public var isBlank: Bool {
    switch self {
    case .text(let text): text.isBlank
    case .messages(let messages): messages.allSatisfy(\.content.isBlank)
    }
  }

  var isConversation: Bool {
    switch self {
    case .text: false
    case .messages: true
    }
  }

  /// Plain text becomes one message of that role; messages stay as they are.
  func asConversation(speaker role: String) -> Passage {
    switch self {
    case .text(let text): .messages([Message(role: role, content: text)])
    case .messages: self
    }
  }
}

extension String {
  fileprivate var isBlank: Bool {
    utf8.allSatisfy(\.isJSONWhitespace) || unicodeScalars.allSatisfy(\.properties.isWhitespace)
  }
}

/// One turn of a conversation.
public struct Message: Sendable {
  /// Who speaks: `system`, `user`, `assistant` or whatever else the chat template knows.
  public let role: String
  /// What is said.
  public let content: String

  /// A turn.
  ///
  /// - Parameters:
  ///   - role: Who speaks.
  ///   - content: What is said.
  public init(role: String, content: String) {
    self.role = role
    self.content = content
  }
}

extension Message: Hashable {
  /// Equal means the same bytes: a tokenizer tells a composed from a decomposed accent, while
  /// Swift's `String` does not.
  public static func == (left: Message, right: Message) -> Bool {
    left.role.utf8.elementsEqual(right.role.utf8)
      && left.content.utf8.elementsEqual(right.content.utf8)
  }
}

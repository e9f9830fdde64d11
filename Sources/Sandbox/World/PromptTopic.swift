/// What a prompt is about, as only the world can tell.
public struct PromptTopic: Sendable, Hashable {
  let content: Topic

  /// The kind of prompt.
  public var kind: PromptKind { content.kind }
}

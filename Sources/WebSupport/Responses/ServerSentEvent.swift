/// A message of an event stream, as a browser's `EventSource` and OpenAI's clients read it.
///
///     event: step
///     data: {"step": 3}
///
/// - SeeAlso: WHATWG, HTML, section 9.2, "Server-sent events".
public struct ServerSentEvent: Sendable, Hashable {
  /// What kind of message it is; `nil` for the usual one.
  public var name: String?
  /// What it says, of any number of lines.
  public var data: String

  /// A message.
  ///
  /// - Parameters:
  ///   - data: What it says, of any number of lines.
  ///   - name: What kind of message it is, in one line; `nil` for the usual one.
  public init(_ data: String, name: String? = nil) {
    precondition(!(name ?? "").contains(where: \.isNewline), "an event called '\(name ?? "")'")
    (self.name, self.data) = (name, data)
  }

  /// The message as it is sent, with the empty line that ends it.
  public var text: String {
    // Every way of ending a line begins a new field, or a carriage return would cut the message short.
    let lines = data.split(omittingEmptySubsequences: false) {
      $0 == "\n" || $0 == "\r" || $0 == "\r\n"
    }
    return (name.map { "event: \($0)\n" } ?? "") + lines.map { "data: \($0)\n" }.joined() + "\n"
  }

  /// A line that says nothing, so that no proxy takes a silent stream for a dead one.
  public static let ping = ": ping\n\n"
}

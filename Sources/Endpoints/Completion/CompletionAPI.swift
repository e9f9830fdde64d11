/// Which of the two interfaces for completions a server is asked by.
public enum CompletionAPI: String, Sendable, Hashable, CaseIterable, Codable {
  /// `POST …/chat/completions`: messages in, a message out, by the chat template of the model.
  case chat
  /// `POST …/completions`: a text in, its continuation out.
  case text

  /// What stands behind the base address.
  var path: String {
    switch self {
    case .chat: "/chat/completions"
    case .text: "/completions"
    }
  }

  /// Where requests go.
  ///
  /// - Parameter base: What the addresses of a server have in common, such as `https://host/v1`, perhaps
  ///   with a query.
  /// - Returns: The address, before its query.
  /// - Throws: ``EndpointError/badAddress(reason:)`` where the base has the path already.
  func address(under base: String) throws(EndpointError) -> String {
    let end = base.firstIndex { $0 == "?" || $0 == "#" } ?? base.endIndex
    var head = base[..<end]
    while head.last == "/" { head.removeLast() }
    if let path = Self.allCases.map(\.path).first(where: head.hasSuffix) {
      throw .badAddress(
        reason: "must not end in \(path), which is added to it; give what stands before, such as "
          + "https://host/v1")
    }
    return head + path + base[end...]
  }
}

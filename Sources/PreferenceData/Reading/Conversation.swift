/// How a conversation stands in JSON: `[{"role": …, "content": …}, …]`.
enum Conversation {
  static let allowed = #"text, or a list of messages {"role", "content"}"#

  /// The messages, or nil where the value is anything but a list of them. Other keys of a message
  /// are ignored.
  static func messages(in value: JSONValue) -> [Message]? {
    guard case .array(let elements) = value, !elements.isEmpty else { return nil }
    let messages = elements.compactMap { element -> Message? in
      guard case .object(let object) = element, case .string(let role)? = object["role"],
        case .string(let content)? = object["content"]
      else { return nil }
      return Message(role: role, content: content)
    }
    return messages.count == elements.count ? messages : nil
  }

  /// What is wrong with a list that is not one of messages.
  static func fault(in elements: [JSONValue]) -> String {
    if elements.isEmpty { return "an empty list" }
    let index = elements.firstIndex { messages(in: .array([$0])) == nil } ?? 0
    guard case .object(let object) = elements[index] else {
      return "a list whose element \(index + 1) is \(elements[index].summary)"
    }
    for key in ["role", "content"] {
      if case .string? = object[key] { continue }
      return
        "a list whose message \(index + 1) has as `\(key)` \(object[key]?.summary ?? "nothing")"
    }
    return "a list"
  }
}

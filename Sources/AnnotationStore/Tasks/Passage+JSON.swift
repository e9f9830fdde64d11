package import PreferenceData

extension Passage {
  /// The passage as one text: messages one after the other, each with its role.
  package var plain: String {
    switch self {
    case .text(let text): text
    case .messages(let messages):
      messages.map { "\($0.role): \($0.content)" }.joined(separator: "\n\n")
    }
  }

  /// The passage as JSON: a text, or a list of messages.
  package var value: JSONValue {
    switch self {
    case .text(let text): .string(text)
    case .messages(let messages):
      .array(
        messages.map {
          .object(["role": .string($0.role), "content": .string($0.content)])
        })
    }
  }

  /// ``value`` as text.
  var json: String {
    guard let text = value.text else { preconditionFailure("texts are JSON") }
    return text
  }

  /// The passage that ``json`` has written.
  init(json: String) {
    switch JSONValue(parsing: Array(json.utf8)) {
    case .string(let text): self = .text(text)
    case .array(let messages):
      self = .messages(
        messages.compactMap { message in
          guard case .object(let fields) = message, case .string(let role) = fields["role"],
            case .string(let content) = fields["content"]
          else { return nil }
          return Message(role: role, content: content)
        })
    default: preconditionFailure("the table holds passages as they were written")
    }
  }
}

internal import PreferenceData

/// The messages of a request.
enum ChatMessages {
  /// Reads messages.
  ///
  /// - Throws: ``RequestProblem`` with status 400 that names the field.
  static func read(
    _ value: RequestValue, ignored: inout IgnoredFields, limits: RequestLimits
  ) throws(RequestProblem) -> [Message] {
    var messages: [Message] = []
    for element in try value.list(1...limits.messages, of: "messages") {
      var fields = try element.fields()
      let role = try role(fields.required("role"))
      for name in ["tool_calls", "function_call", "audio"] { try fields.refuse(name) }
      let content = try content(fields.required("content"), limits)
      messages.append(Message(role: role, content: content))
      ignored.add(fields.unknown, of: value.path)
    }
    return messages
  }

  private static func role(_ value: RequestValue) throws(RequestProblem) -> String {
    switch value.value {
    case .string("developer"), .string("system"): return "system"
    case .string("user"): return "user"
    case .string("assistant"): return "assistant"
    default: throw value.refusal("system, developer, user or assistant")
    }
  }

  /// A text, or parts that are texts.
  private static func content(
    _ value: RequestValue, _ limits: RequestLimits
  ) throws(RequestProblem) -> String {
    if case .string = value.value {
      return try value.text(limit: limits.characters, orEmpty: true)
    }
    guard case .array = value.value else { throw value.refusal("a text or a list of parts") }
    var texts: [String] = []
    for part in try value.list(1...limits.parts, of: "parts") {
      var fields = try part.fields()
      let type = try fields.required("type")
      guard type.value == .string("text") else {
        throw type.refusal("'text': this server reads text alone")
      }
      texts.append(try fields.required("text").text(limit: limits.characters, orEmpty: true))
    }
    return texts.joined(separator: "\n")
  }
}

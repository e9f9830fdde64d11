public import PreferenceData

extension GenerationRequest {
  /// Reads a request for the next turn of a conversation.
  ///
  /// `developer` is another word for `system`. The parts of a content of several are joined by a line
  /// end, as other servers of open models do. Null is as good as leaving a field out.
  ///
  /// - Parameters:
  ///   - object: The body.
  ///   - limits: What it may ask for at most.
  /// - Throws: ``RequestProblem`` with status 400 that names the field.
  /// - SeeAlso: OpenAI, API reference, "Create chat completion".
  public init(
    chat object: JSONObject, limits: RequestLimits = RequestLimits()
  ) throws(RequestProblem) {
    var fields = RequestFields(object)
    try Self.refuseWhatChatsCannot(&fields)
    var ignored = IgnoredFields()
    let messages = try ChatMessages.read(
      fields.required("messages"), ignored: &ignored, limits: limits)
    let alternatives = try Self.chatAlternatives(&fields, limits)
    let maxTokens = try Self.chatTokens(&fields, limits)
    try self.init(
      .messages(messages), alternatives: alternatives, maxTokens: maxTokens, fields: &fields,
      ignored: ignored, limits: limits)
  }

  private static func refuseWhatChatsCannot(
    _ fields: inout RequestFields
  ) throws(RequestProblem) {
    for name in ["tools", "functions", "logit_bias", "audio", "prediction", "web_search_options"] {
      try fields.refuse(name)
    }
    // What these say where there are no tools.
    for name in ["tool_choice", "function_call"] {
      try fields.refuse(name, unless: [.string("none"), .string("auto")])
    }
    try fields.refuse(
      "response_format", unless: [.object(["type": .string("text")])],
      remedy: "Leave it out, and ask for the form in a message.")
    try fields.refuse("modalities", unless: [.array([.string("text")])])
  }

  /// `logprobs` says whether, `top_logprobs` how many.
  private static func chatAlternatives(
    _ fields: inout RequestFields, _ limits: RequestLimits
  ) throws(RequestProblem) -> Int? {
    let isWanted = try fields["logprobs"]?.flag() ?? false
    let count = try fields["top_logprobs"]?.integer(0...limits.alternatives)
    guard isWanted || count ?? 0 == 0 else {
      throw .invalid("top_logprobs", "'top_logprobs' takes 'logprobs': true.")
    }
    return isWanted ? count ?? 0 : nil
  }

  /// OpenAI has given one field two names.
  private static func chatTokens(
    _ fields: inout RequestFields, _ limits: RequestLimits
  ) throws(RequestProblem) -> Int? {
    let old = try fields["max_tokens"]?.integer(1...limits.maxTokens)
    let new = try fields["max_completion_tokens"]?.integer(1...limits.maxTokens)
    if let old, let new, old != new {
      throw .invalid(
        "max_tokens",
        "'max_tokens' is \(old) and 'max_completion_tokens' is \(new). Leave one of them out.")
    }
    return new ?? old
  }
}

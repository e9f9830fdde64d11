public import PreferenceData

extension GenerationRequest {
  /// Reads a request for the continuation of texts or token ids.
  ///
  /// - Parameters:
  ///   - object: The body.
  ///   - limits: What it may ask for at most.
  /// - Throws: ``RequestProblem`` with status 400 that names the field.
  /// - SeeAlso: OpenAI, API reference, "Create completion".
  public init(
    completion object: JSONObject, limits: RequestLimits = RequestLimits()
  ) throws(RequestProblem) {
    var fields = RequestFields(object)
    try fields.refuse("logit_bias")
    try fields.refuse("suffix", unless: [.string("")])
    try fields.refuse(
      "echo", unless: [.boolean(false)],
      remedy: "Leave it out, and put the prompt before the text yourself.")
    try Self.checkBestOf(&fields, limits)
    let content = try Self.prompts(fields.required("prompt"), limits)
    let alternatives = try fields["logprobs"]?.integer(0...limits.alternatives)
    let maxTokens = try fields["max_tokens"]?.integer(1...limits.maxTokens)
    try self.init(
      content, alternatives: alternatives, maxTokens: maxTokens, fields: &fields,
      ignored: IgnoredFields(), limits: limits)
  }

  /// Every completion that is sampled is given.
  private static func checkBestOf(
    _ fields: inout RequestFields, _ limits: RequestLimits
  ) throws(RequestProblem) {
    guard let value = fields["best_of"] else { return }
    let count = try fields["n"]?.integer(1...limits.choices) ?? 1
    guard try value.integer(1...limits.choices) == count else {
      throw .unsupported("best_of", "Leave it out, or give it the value of 'n', which is \(count).")
    }
  }

  /// A text, a list of texts, a list of token ids, or a list of lists of them.
  private static func prompts(
    _ value: RequestValue, _ limits: RequestLimits
  ) throws(RequestProblem) -> Content {
    if case .string = value.value { return .texts([try text(value, limits)]) }
    guard case .array(let elements) = value.value else {
      throw value.refusal("a text, a list of texts, token ids, or a list of token ids")
    }
    guard let first = elements.first else { throw .emptyPrompt(value.path) }
    switch first {
    case .number: return .tokens([try ids(value, limits)])
    case .array:
      var prompts: [[Int32]] = []
      for prompt in try value.list(1...limits.prompts, of: "prompts") {
        prompts.append(try ids(prompt, limits))
      }
      return .tokens(prompts)
    default:
      var prompts: [String] = []
      for prompt in try value.list(1...limits.prompts, of: "prompts") {
        prompts.append(try text(prompt, limits))
      }
      return .texts(prompts)
    }
  }

  private static func text(
    _ value: RequestValue, _ limits: RequestLimits
  ) throws(RequestProblem) -> String {
    let text = try value.text(limit: limits.characters, orEmpty: true)
    guard !text.isEmpty else { throw .emptyPrompt(value.path) }
    return text
  }

  private static func ids(
    _ value: RequestValue, _ limits: RequestLimits
  ) throws(RequestProblem) -> [Int32] {
    if case .array([]) = value.value { throw .emptyPrompt(value.path) }
    var ids: [Int32] = []
    for id in try value.list(1...limits.characters, of: "token ids") {
      ids.append(Int32(try id.integer(0...Int(Int32.max))))
    }
    return ids
  }
}

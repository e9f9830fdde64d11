public import PreferenceData
public import Sampling

/// What somebody asks a model to write, checked: of `/v1/chat/completions` or `/v1/completions`.
public struct GenerationRequest: Sendable, Equatable {
  /// What is continued.
  public enum Content: Sendable, Hashable {
    /// A conversation, as the model's chat template puts it.
    case messages([Message])
    /// Texts, none empty, each on its own.
    case texts([String])
    /// Token ids, none empty, each on its own. They may be beyond the model's vocabulary.
    case tokens([[Int32]])
  }

  /// The model's name.
  public let model: String
  /// What is continued.
  public let content: Content
  /// Completions of each prompt: `n`.
  public let choices: Int
  /// Tokens of a completion at most, if it says so.
  public let maxTokens: Int?
  /// The start of all draws, if it says so.
  public let seed: UInt64?
  /// Whether the answer is sent as it is made.
  public let isStreamed: Bool
  /// Whether a stream ends with how many tokens there were.
  public let includesUsage: Bool
  /// How many log probabilities are given beside that of the token drawn; `nil` for none at all.
  public let alternatives: Int?
  /// Who is behind the request, as its sender calls them.
  public let user: String?
  /// The conversation, by which a canary's arm is chosen.
  public let session: String?
  /// The id of the response that this one is to be better than.
  public let regenerates: String?
  /// What the sender wants to be remembered.
  public let metadata: [String: String]
  /// Which fields have no meaning here.
  public let ignoredFields: IgnoredFields

  private let sampling: SamplingParameters

  /// Reads what the two kinds of request share.
  init(
    _ content: Content, alternatives: Int?, maxTokens: Int?, fields: inout RequestFields,
    ignored: IgnoredFields, limits: RequestLimits
  ) throws(RequestProblem) {
    self.content = content
    self.alternatives = alternatives
    self.maxTokens = maxTokens
    model = try fields.required("model").text(limit: limits.nameCharacters)
    choices = try fields["n"]?.integer(1...limits.choices) ?? 1
    seed = try fields["seed"]?.anyInteger().bits
    sampling = try SamplingParameters(&fields, maxTokens: maxTokens, limits: limits)
    isStreamed = try fields["stream"]?.flag() ?? false
    includesUsage = try Self.includesUsage(&fields, isStreamed: isStreamed)
    user = try fields["user"]?.text(limit: limits.nameCharacters)
    session = try fields["session"]?.text(limit: limits.nameCharacters)
    regenerates = try fields["regenerates"]?.text(limit: limits.nameCharacters)
    metadata = try Self.metadata(&fields, limits)
    var ignored = ignored
    ignored.add(fields.unknown)
    ignoredFields = ignored
  }

  /// How many completions there are of all prompts.
  public var completionCount: Int {
    switch content {
    case .messages: choices
    case .texts(let texts): texts.count * choices
    case .tokens(let prompts): prompts.count * choices
    }
  }

  /// Where the prompt is in the request: `messages` or `prompt`.
  public var promptParameter: String {
    if case .messages = content { "messages" } else { "prompt" }
  }

  /// How tokens are drawn.
  ///
  /// - Parameters:
  ///   - maxTokens: Tokens of a completion at most, where the request does not say; at least 1.
  ///   - seed: The start of all draws, where the request does not say.
  /// - Returns: The parameters.
  public func parameters(maxTokens: Int, seed: UInt64) -> SamplingParameters {
    precondition(maxTokens > 0, "\(maxTokens) new tokens")
    var parameters = sampling
    parameters.maxNewTokens = self.maxTokens ?? maxTokens
    parameters.minNewTokens = min(parameters.minNewTokens, parameters.maxNewTokens)
    parameters.seed = self.seed ?? seed
    return parameters
  }

  private static func includesUsage(
    _ fields: inout RequestFields, isStreamed: Bool
  ) throws(RequestProblem) -> Bool {
    guard let value = fields["stream_options"] else { return false }
    var options = try value.fields()
    guard isStreamed else {
      throw .invalid(value.path, "'\(value.path)' is for streams. Set 'stream' to true.")
    }
    return try options["include_usage"]?.flag() ?? false
  }

  private static func metadata(
    _ fields: inout RequestFields, _ limits: RequestLimits
  ) throws(RequestProblem) -> [String: String] {
    guard let value = fields["metadata"] else { return [:] }
    guard case .object(let object) = value.value else { throw value.refusal("an object") }
    guard object.members.count <= limits.tags else {
      throw .invalid(
        value.path, "'\(value.path)' has more than \(limits.tags) pairs, which is the limit.")
    }
    var metadata: [String: String] = [:]
    for member in object.members {
      let path = "\(value.path).\(member.name.prefix(limits.nameCharacters))"
      metadata[member.name] = try RequestValue(path: path, value: member.value)
        .text(limit: 2 * limits.nameCharacters, orEmpty: true)
    }
    return metadata
  }
}

extension Int64 {
  fileprivate var bits: UInt64 { UInt64(bitPattern: self) }
}

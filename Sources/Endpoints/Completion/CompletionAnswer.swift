internal import PreferenceData

/// What a server has answered to a request for a completion.
struct CompletionAnswer {
  private let choice: JSONObject
  private let api: CompletionAPI
  private let address: String

  /// The first choice of an answer.
  ///
  /// - Parameters:
  ///   - value: The answer.
  ///   - api: The interface that gave it.
  ///   - address: Who gave it, for errors.
  /// - Throws: ``CompletionError/failed(address:message:)``, ``EndpointError/wrongAnswer(address:body:allowed:)``.
  init(_ value: JSONValue, api: CompletionAPI, from address: String) throws {
    guard case .object(let fields) = value else { throw Self.wrong(value, api, address) }
    // Some servers that pass requests on say with status 200 that it went wrong.
    if let error = fields["error"], error != .null {
      throw CompletionError.failed(
        address: address, message: value.complaint ?? error.text ?? "")
    }
    guard case .array(let choices) = fields["choices"], case .object(let choice) = choices.first
    else { throw Self.wrong(value, api, address) }
    (self.choice, self.api, self.address) = (choice, api, address)
  }

  /// What was written.
  ///
  /// - Parameter prompt: What it continues, for errors.
  /// - Returns: The text, which may be empty.
  /// - Throws: ``CompletionError``, or ``EndpointError/wrongAnswer(address:body:allowed:)``.
  func text(after prompt: String) throws -> String {
    var reason: String?
    if case .string(let named) = choice["finish_reason"] { reason = named }
    if reason == "content_filter" {
      throw CompletionError.withheld(address: address, prompt: prompt)
    }
    var content = choice["text"]
    if api == .chat {
      guard case .object(let message) = choice["message"] else {
        throw Self.wrong(.object(choice), api, address)
      }
      content = message["content"] ?? .null
    }
    switch content {
    case .string(let text): return text
    case .null: throw CompletionError.noText(address: address, finishReason: reason)
    default: throw Self.wrong(.object(choice), api, address)
    }
  }

  /// The most probable tokens at the beginning of what was written, in whichever of the two forms there
  /// are; empty where the server does not say.
  var topTokens: [TopToken] {
    guard case .object(let report) = choice["logprobs"] else { return [] }
    if case .array(let places) = report["content"], case .object(let first) = places.first,
      case .array(let tokens) = first["top_logprobs"]
    {
      return tokens.compactMap { value in
        guard case .object(let token) = value, case .string(let text) = token["token"],
          case .number(let number) = token["logprob"]
        else { return nil }
        return TopToken(text: text, logProbability: number)
      }
    }
    if case .array(let places) = report["top_logprobs"], case .object(let tokens) = places.first {
      return tokens.members.compactMap { member in
        guard case .number(let number) = member.value else { return nil }
        return TopToken(text: member.name, logProbability: number)
      }
    }
    return []
  }

  private static func wrong(
    _ value: JSONValue, _ api: CompletionAPI, _ address: String
  ) -> EndpointError {
    .wrongAnswer(
      address: address, body: value.text ?? "",
      allowed: "an object whose 'choices' has one with a "
        + (api == .chat ? "'message' that has a text as 'content'" : "text as 'text'"))
  }
}

internal import HTTPTypes

extension RequestProblem {
  /// A field has a value that it cannot have.
  ///
  /// - Parameters:
  ///   - parameter: The field.
  ///   - message: Full sentences that say what was seen and what is allowed.
  ///   - code: What programs compare.
  /// - Returns: Status 400.
  public static func invalid(
    _ parameter: String?, _ message: String, code: String? = nil
  ) -> RequestProblem {
    RequestProblem(.badRequest, .invalidRequest, message, parameter: parameter, code: code)
  }

  /// A field asks for what this server does not do.
  ///
  /// - Parameters:
  ///   - parameter: The field.
  ///   - remedy: What to do, as a full sentence.
  /// - Returns: Status 400.
  public static func unsupported(
    _ parameter: String, _ remedy: String = "Leave it out."
  ) -> RequestProblem {
    invalid(
      parameter, "This server does not support '\(parameter)'. \(remedy)",
      code: "unsupported_parameter")
  }

  /// The body is JSON and no object.
  ///
  /// - Parameter seen: What it is instead.
  /// - Returns: Status 400.
  public static func notAnObject(_ seen: String) -> RequestProblem {
    invalid(nil, "The body is \(seen), but must be a JSON object.", code: "json")
  }

  /// Prompt and completion together are longer than what the model can read.
  ///
  /// - Parameters:
  ///   - prompt: Tokens of the prompt.
  ///   - completion: Tokens of the completion that are asked for, at least 1.
  ///   - limit: The most tokens of both.
  ///   - parameter: Where the prompt is: `messages` or `prompt`.
  /// - Returns: Status 400.
  public static func contextOverflow(
    prompt: Int, completion: Int, limit: Int, parameter: String
  ) -> RequestProblem {
    invalid(
      parameter,
      "This model's maximum context length is \(limit) tokens, but \(prompt + completion) are asked "
        + "for: \(prompt) in the prompt and \(completion) for the completion. Shorten the prompt or "
        + "ask for fewer tokens.", code: "context_length_exceeded")
  }

  /// A text becomes no tokens, so that there is nothing to continue.
  ///
  /// - Parameter parameter: Where the text is.
  /// - Returns: Status 400.
  public static func emptyPrompt(_ parameter: String) -> RequestProblem {
    invalid(parameter, "'\(parameter)' is empty, so there is nothing to continue.")
  }

  /// There is no such model.
  ///
  /// - Parameters:
  ///   - name: What was asked for.
  ///   - names: What there is.
  /// - Returns: Status 404.
  public static func unknownModel(_ name: String, known names: [String]) -> RequestProblem {
    let known = names.map { "'\($0)'" }.joined(separator: ", ")
    return RequestProblem(
      .notFound, .notFound, "There is no model '\(name.prefix(100))'; there is \(known).",
      parameter: "model", code: "model_not_found")
  }

  /// There is nothing at an address, or not for who is asking.
  public static let notFound = RequestProblem(
    .notFound, .notFound, "There is nothing at this address.", code: "not_found")
}

internal import HTTPTypes

extension RequestProblem {
  /// The safety filter lets a request have no answer.
  ///
  /// - Parameter stage: Where something was found.
  /// - Returns: Status 400.
  public static func blocked(_ stage: SafetyStage) -> RequestProblem {
    RequestProblem(
      .badRequest, .invalidRequest,
      "The \(stage == .prompt ? "prompt" : "answer") was blocked by the safety policy of this server.",
      code: "content_filter")
  }

  /// The engine could not go on; the reason is in the server's log.
  public static let engineFailed = RequestProblem(
    .internalServerError, .server, "The model failed while it was answering. Try again.",
    code: "engine_failed")

  /// The server has no folder for answers.
  public static let keepsNothing = RequestProblem(
    .notFound, .notFound,
    "This server keeps no answers, and so no feedback. It is started with a folder for them "
      + "(--store).", code: "no_store")

  /// The server has no reward model.
  public static let noRewardModel = RequestProblem(
    .notFound, .notFound,
    "This server has no reward model. It is started with one (--reward).",
    code: "model_not_found")

  /// A prompt with its completion is longer than what the reward model can read.
  ///
  /// - Parameters:
  ///   - tokens: Tokens of both.
  ///   - limit: The most tokens of both.
  ///   - parameter: Where they are.
  /// - Returns: Status 400.
  public static func tooLongToScore(tokens: Int, limit: Int, parameter: String) -> RequestProblem {
    invalid(
      parameter,
      "The reward model's maximum context length is \(limit) tokens, but '\(parameter)' has \(tokens). "
        + "Shorten it.", code: "context_length_exceeded")
  }
}

internal import HTTPTypes

extension RequestProblem {
  /// A request shows no key.
  public static let missingKey = unauthorized(
    "This request shows no API key. Send one as 'Authorization: Bearer KEY'.")

  /// A request shows a key that nobody has. The key is not repeated: it may be one with a typing
  /// mistake.
  public static let wrongKey = unauthorized("This API key is not known here.")

  /// A request shows a key whose time is over.
  public static let expiredKey = unauthorized(
    "This API key has expired. Ask who runs the server for another.")

  /// A key is good, but not for this.
  public static let adminsOnly = RequestProblem(
    .forbidden, .permission, "This API key may not do that; it takes the key of an administrator.",
    code: "permission_denied")

  private static func unauthorized(_ message: String) -> RequestProblem {
    var problem = RequestProblem(
      .unauthorized, .authentication, message, code: "invalid_api_key")
    problem.headers[.wwwAuthenticate] = "Bearer"
    return problem
  }

  /// A key has used up what it may.
  ///
  /// - Parameters:
  ///   - what: What there is a limit of, such as `requests in a minute`.
  ///   - limit: The limit.
  ///   - seconds: When to try again, at least 1.
  /// - Returns: Status 429 with `Retry-After`.
  public static func limitReached(_ what: String, limit: Int, retryAfter seconds: Int)
    -> RequestProblem
  {
    RequestProblem(
      .tooManyRequests, .rateLimit,
      "This API key is limited to \(limit) \(what). Try again in \(words(seconds)).",
      code: "rate_limit_exceeded", retryAfter: seconds)
  }

  /// A request may use more tokens than its key may in a minute, so that waiting is of no use.
  ///
  /// - Parameters:
  ///   - cost: The most tokens that it may use.
  ///   - limit: The key's tokens in a minute.
  /// - Returns: Status 400.
  public static func beyondTokenLimit(cost: Int, limit: Int) -> RequestProblem {
    invalid(
      "max_tokens",
      "This request may use \(cost) tokens, but its API key is limited to \(limit) tokens in a "
        + "minute. Ask for fewer tokens or fewer choices, or shorten the prompt.",
      code: "tokens_per_minute_exceeded")
  }

  /// So many wait already that one more would wait in vain.
  ///
  /// - Parameter seconds: When to try again, at least 1.
  /// - Returns: Status 503 with `Retry-After`.
  public static func queueFull(retryAfter seconds: Int) -> RequestProblem {
    busy("has as many requests waiting as it takes", code: "queue_full", retryAfter: seconds)
  }

  /// The server is about to stop, and takes nothing more.
  ///
  /// - Parameter seconds: When another one may be there, at least 1.
  /// - Returns: Status 503 with `Retry-After`.
  public static func draining(retryAfter seconds: Int) -> RequestProblem {
    busy("is stopping and takes no more requests", code: "draining", retryAfter: seconds)
  }

  /// The model is not there yet.
  ///
  /// - Parameter seconds: When to try again, at least 1.
  /// - Returns: Status 503 with `Retry-After`.
  public static func loading(retryAfter seconds: Int) -> RequestProblem {
    busy("is still loading its model", code: "loading", retryAfter: seconds)
  }

  private static func busy(
    _ state: String, code: String, retryAfter seconds: Int
  ) -> RequestProblem {
    RequestProblem(
      .serviceUnavailable, .overloaded,
      "The server \(state). Try again in \(words(seconds)).", code: code, retryAfter: seconds)
  }

  /// An answer took longer than it may.
  ///
  /// - Parameter seconds: How long it may take, at least 1.
  /// - Returns: Status 504.
  public static func tookTooLong(limit seconds: Int) -> RequestProblem {
    RequestProblem(
      .gatewayTimeout, .server,
      "The answer took longer than \(words(seconds)), which is the limit. Ask for fewer tokens.",
      code: "timeout")
  }

  /// A mistake of ours.
  ///
  /// - Parameter request: The request's number, by which the log line can be found.
  /// - Returns: Status 500.
  public static func internalError(request: String) -> RequestProblem {
    RequestProblem(
      .internalServerError, .server,
      "Something went wrong on the server. If it happens again, tell who runs it the number "
        + "\(request).", code: "internal")
  }

  private static func words(_ seconds: Int) -> String {
    "\(seconds) \(seconds == 1 ? "second" : "seconds")"
  }
}

public import HTTPTypes

/// Why a request gets no other answer: a status, a sentence for people and a word for programs.
public struct WebFailure: Error, Sendable, Hashable {
  /// The status of the answer.
  public let status: HTTPResponse.Status
  /// What programs compare, in snake case; it never changes.
  public let code: String
  /// Full sentences that say what was seen and what to do next.
  public let message: String
  /// What goes into the answer's header, such as `Retry-After`.
  public let headers: HTTPFields

  /// A failure.
  ///
  /// - Parameters:
  ///   - status: 400 or above.
  ///   - code: What programs compare, in snake case.
  ///   - message: Full sentences, without anything secret.
  ///   - headers: What goes into the answer's header.
  public init(
    _ status: HTTPResponse.Status, code: String, _ message: String, headers: HTTPFields = [:]
  ) {
    precondition(status.code >= 400, "a failure with status \(status)")
    self.status = status
    self.code = code
    self.message = message
    self.headers = headers
  }
}

extension WebFailure {
  /// There is nothing at this address, or not for this person: 404 does not say which.
  public static let notFound = WebFailure(
    .notFound, code: "not_found", "There is nothing at this address.")

  /// Somebody asks too often.
  ///
  /// - Parameter seconds: How long to wait.
  /// - Returns: Status 429 with `Retry-After`.
  public static func tooMany(retryAfter seconds: Int) -> WebFailure {
    WebFailure(
      .tooManyRequests, code: "too_many_requests",
      "That was too often. Try again in \(Duration.seconds(seconds).words).",
      headers: [.retryAfter: "\(seconds)"])
  }

  /// What was sent cannot be understood.
  ///
  /// - Parameters:
  ///   - code: What programs compare.
  ///   - message: Full sentences.
  /// - Returns: Status 400.
  public static func badRequest(_ code: String, _ message: String) -> WebFailure {
    WebFailure(.badRequest, code: code, message)
  }
}

extension WebFailure: CustomStringConvertible {
  /// Status, code and sentence.
  public var description: String { "\(status.code) \(code): \(message)" }
}

extension HTTPField.Name {
  /// A name that is known to be one.
  static func known(_ name: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(name) else { preconditionFailure("a field named \(name)") }
    return name
  }
}

public import HTTPTypes
internal import PreferenceData
public import WebSupport

/// Why a request is not answered as it was meant to be, as OpenAI's clients read it.
///
///     {"error": {"message": "…", "type": "invalid_request_error", "param": "n", "code": null}}
///
/// The message may repeat a few characters of what was sent, so that logs should name ``parameter`` and
/// ``code`` and not the message.
public struct RequestProblem: Error, Sendable, Hashable {
  /// Which kind of mistake it is; clients choose the class of their error by the status and by this.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The request cannot be answered as it is.
    case invalidRequest = "invalid_request_error"
    /// Nobody knows who is asking.
    case authentication = "authentication_error"
    /// Who is asking may not.
    case permission = "permission_error"
    /// There is no such thing.
    case notFound = "not_found_error"
    /// It was too often, or too much.
    case rateLimit = "rate_limit_error"
    /// The mistake is ours.
    case server = "server_error"
    /// There is too much to do just now.
    case overloaded = "overloaded_error"
  }

  /// The status of the answer.
  public let status: HTTPResponse.Status
  /// Which kind of mistake it is.
  public let kind: Kind
  /// Full sentences, without anything secret.
  public let message: String
  /// The field at fault, such as `messages[2].content`.
  public let parameter: String?
  /// What programs compare, in snake case.
  public let code: String?
  /// What goes into the answer's header, such as `Retry-After`.
  public var headers: HTTPFields

  /// A problem.
  ///
  /// - Parameters:
  ///   - status: 400 or above.
  ///   - kind: Which kind of mistake it is.
  ///   - message: Full sentences, without anything secret.
  ///   - parameter: The field at fault.
  ///   - code: What programs compare, in snake case.
  ///   - seconds: When to try again, for `Retry-After`.
  public init(
    _ status: HTTPResponse.Status, _ kind: Kind, _ message: String, parameter: String? = nil,
    code: String? = nil, retryAfter seconds: Int? = nil
  ) {
    precondition(status.code >= 400, "a problem with status \(status)")
    (self.status, self.kind, self.message) = (status, kind, message)
    (self.parameter, self.code) = (parameter, code)
    headers = seconds.map { [.retryAfter: "\($0)"] } ?? [:]
  }

  /// What the parts of a web server refuse, in OpenAI's shape.
  ///
  /// - Parameter failure: The refusal.
  public init(_ failure: WebFailure) {
    let kind: Kind =
      switch failure.status.code {
      case 401: .authentication
      case 403: .permission
      case 404: .notFound
      case 429: .rateLimit
      case 503: .overloaded
      case 500...: .server
      default: .invalidRequest
      }
    self.init(failure.status, kind, failure.message, code: failure.code)
    headers = failure.headers
  }

  /// When to try again, in seconds.
  public var retryAfter: Int? { headers[.retryAfter].flatMap { Int($0) } }

  /// The body of the answer, and what a stream ends with that broke.
  public var json: String {
    let error: JSONObject = [
      "message": .string(message), "type": .string(kind.rawValue),
      "param": parameter.map { .string($0) } ?? .null, "code": code.map { .string($0) } ?? .null,
    ]
    return JSONValue.object(["error": .object(error)]).wireText
  }
}

extension RequestProblem: CustomStringConvertible {
  /// Status, code and sentence.
  public var description: String { "\(status.code) \(code ?? kind.rawValue): \(message)" }
}

extension JSONValue {
  /// The value as JSON, where no number can be other than finite.
  var wireText: String {
    guard let text else { preconditionFailure("an answer has a number that JSON cannot say") }
    return text
  }
}

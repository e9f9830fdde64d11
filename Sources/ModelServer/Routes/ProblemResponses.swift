internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOHTTP1
internal import WebSupport

/// Turns what is thrown into an answer in OpenAI's shape, and counts answers.
///
/// What is not a ``RequestProblem`` or a `WebFailure` is a mistake of ours: it is logged, without what the user
/// wrote, and the answer is 500 with the request's number. Every answer has that number in `X-Request-Id`.
struct ProblemResponses: RouterMiddleware {
  typealias Context = ModelContext

  let tally: ResponseTally
  let logger: Logger
  /// The page that shows a problem to people; `nil` where only programs ask.
  var page: (@Sendable (RequestProblem) -> String)?

  func handle(
    _ request: Request, context: ModelContext,
    next: @concurrent (Request, ModelContext) async throws -> Response
  ) async throws -> Response {
    var response: Response
    var hasLeft = false
    do {
      response = try await next(request, context)
    } catch is CancellationError {
      // The client has left, so that nobody reads this; or it has sent what is no HTTP.
      hasLeft = true
      var problem = RequestProblem.invalid(
        nil, "The connection ended before the answer was there.", code: "client_closed")
      problem.headers[.connection] = "close"
      response = self.response(problem, to: request)
    } catch is HTTPParserError {
      // The rest of the connection cannot be read either.
      var problem = RequestProblem.invalid(
        nil, "The request is not HTTP: its body does not have the form that its header says.",
        code: "bad_request")
      problem.headers[.connection] = "close"
      response = self.response(problem, to: request)
    } catch {
      response = self.response(problem(error, request, context), to: request)
    }
    // A refused body may not have been read to its end.
    if response.status.code >= 400, request.method == .post {
      response.headers[.connection] = "close"
    }
    response.headers[.requestID] = context.id
    tally.count(hasLeft ? 499 : response.status.code, context.endpointPath)
    return response
  }

  private func problem(
    _ error: any Error, _ request: Request, _ context: ModelContext
  ) -> RequestProblem {
    switch error {
    case let problem as RequestProblem: return problem
    case let failure as WebFailure: return RequestProblem(failure)
    case EngineRefusal.full: return .queueFull(retryAfter: 1)
    case EngineRefusal.stopping: return .draining(retryAfter: 5)
    case let error as any HTTPResponseError where error.status == .notFound: return .notFound
    case let error as any HTTPResponseError where (400..<500).contains(error.status.code):
      return RequestProblem(
        WebFailure(
          error.status, code: "bad_request", "The request cannot be understood: \(error.status)."))
    default:
      logger.error(
        "request failed",
        metadata: [
          "error": "\(error)", "request.method": "\(request.method)",
          "request.path": "\(request.uri.path)",
        ])
      return .internalError(request: context.id)
    }
  }

  private func response(_ problem: RequestProblem, to request: Request) -> Response {
    var headers = problem.headers
    if let page, request.headers[.accept]?.contains("text/html") ?? false {
      headers[.contentType] = "text/html; charset=utf-8"
      return Response(
        status: problem.status, headers: headers,
        body: ResponseBody(byteBuffer: ByteBuffer(string: page(problem))))
    }
    headers[.contentType] = "application/json"
    return Response(
      status: problem.status, headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(string: problem.json + "\n")))
  }
}

extension HTTPField.Name {
  /// A name that is known to be one.
  private static func known(_ name: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(name) else { preconditionFailure("a field named \(name)") }
    return name
  }

  static let requestID = known("X-Request-Id")
  /// Which arm of a canary has answered, or is to.
  static let arm = known("X-Attune-Arm")
  /// That fields of a request have no meaning here (RFC 9111 keeps the name, with code 299).
  static let warning = known("Warning")
}

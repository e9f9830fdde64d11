internal import HTTPTypes
public import Hummingbird
internal import Logging
internal import NIOHTTP1
internal import PreferenceData

/// Turns what is thrown into an answer: JSON for programs, a page for people.
///
/// A ``WebFailure`` says itself what is answered. Anything else is a mistake of ours: it is logged,
/// and the answer is 500 with the request's number, by which the log line can be found, and nothing
/// more. Every answer has that number in `X-Request-Id`.
public struct FailureResponses<Context: RequestContext>: RouterMiddleware {
  private let page: @Sendable (WebFailure) -> String

  /// The middleware.
  ///
  /// - Parameter page: The HTML page that shows a failure.
  public init(page: @escaping @Sendable (WebFailure) -> String) {
    self.page = page
  }

  /// Passes a request on, and answers what is thrown.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - context: Its context.
  ///   - next: What follows.
  /// - Returns: The answer.
  /// - Throws: `CancellationError`, and what is wrong with the connection itself.
  public func handle(
    _ request: Request, context: Context,
    next: @concurrent (Request, Context) async throws -> Response
  ) async throws -> Response {
    var response: Response
    do {
      response = try await next(request, context)
    } catch let error as CancellationError {
      throw error
    } catch let error as HTTPParserError {
      throw error
    } catch {
      response = answer(failure(error, request, context), to: request)
    }
    response.headers[.known("X-Request-Id")] = context.id
    return response
  }

  private func failure(
    _ error: any Error, _ request: Request, _ context: Context
  ) -> WebFailure {
    switch error {
    case let failure as WebFailure: return failure
    case let error as any HTTPResponseError where error.status == .notFound: return .notFound
    case let error as any HTTPResponseError where (400..<500).contains(error.status.code):
      return WebFailure(
        error.status, code: "bad_request", "The request cannot be understood: \(error.status).")
    default:
      context.logger.error(
        "request failed",
        metadata: [
          "error": "\(error)", "request.method": "\(request.method)",
          "request.path": "\(request.uri.path)",
        ])
      return WebFailure(
        .internalServerError, code: "internal",
        "Something went wrong on the server. If it happens again, tell who runs it the number "
          + "\(context.id).")
    }
  }

  private func answer(_ failure: WebFailure, to request: Request) -> Response {
    var headers = failure.headers
    let body: String
    if Self.wantsJSON(request.headers) {
      headers[.contentType] = "application/json"
      let error: JSONObject = ["code": .string(failure.code), "message": .string(failure.message)]
      // Text alone is always JSON.
      body = JSONValue.object(["error": .object(error)]).text ?? ""
    } else {
      headers[.contentType] = "text/html; charset=utf-8"
      body = page(failure)
    }
    return Response(
      status: failure.status, headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
  }

  /// Whether a program is asking: it sends JSON, or names it as what it takes and no page.
  private static func wantsJSON(_ headers: HTTPFields) -> Bool {
    let takes = headers[values: .accept].joined(separator: ",").lowercased()
    if takes.contains("text/html") { return false }
    let sends = headers[.contentType]?.lowercased() ?? ""
    return takes.contains(ContentType.json.rawValue) || sends.hasPrefix(ContentType.json.rawValue)
  }
}

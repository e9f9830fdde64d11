internal import HTTPTypes
public import Hummingbird

/// Refuses what changes something here at the bidding of a page from elsewhere.
///
/// `Sec-Fetch-Site`, which no script can forge, decides where a browser sends it; older ones send
/// `Origin`, whose host must be the one that the request is for (a proxy in front must pass `Host`
/// on). Programs send neither and pass: they have no cookie that another page could misuse.
public struct SameOrigin<Context: RequestContext>: RouterMiddleware {
  /// The middleware.
  public init() {}

  /// Passes a request on, or refuses it.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - context: Its context.
  ///   - next: What follows.
  /// - Returns: The answer.
  /// - Throws: ``WebFailure`` with status 403, and what follows throws.
  public func handle(
    _ request: Request, context: Context,
    next: @concurrent (Request, Context) async throws -> Response
  ) async throws -> Response {
    guard SameOriginRule.allows(request.head) else {
      throw WebFailure(
        .forbidden, code: "cross_origin",
        "Another site has sent this request, so nothing was done. Open this site itself.")
    }
    return try await next(request, context)
  }
}

/// The rule of ``SameOrigin``.
enum SameOriginRule {
  /// Methods that change nothing (RFC 9110, section 9.2.1).
  private static let safeMethods: Set<HTTPRequest.Method> = [.get, .head, .options, .trace]

  static func allows(_ request: HTTPRequest) -> Bool {
    if safeMethods.contains(request.method) { return true }
    let sites = request.headerFields[values: .known("Sec-Fetch-Site")]
    // "none" is a person at the address bar or a bookmark.
    if !sites.isEmpty { return sites == ["same-origin"] || sites == ["none"] }
    let origins = request.headerFields[values: .origin]
    guard !origins.isEmpty else { return true }
    guard origins.count == 1, let authority = request.authority?.lowercased() else { return false }
    let origin = origins[0].lowercased()
    return ["http", "https"].contains { "\($0)://\(authority)" == origin }
  }
}

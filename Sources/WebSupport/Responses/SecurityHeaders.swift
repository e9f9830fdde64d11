internal import HTTPTypes
public import Hummingbird

/// Tells browsers, with every answer, what pages of this server may do: little.
///
/// Scripts, styles and connections are of this server alone, and nothing that stands within a page
/// runs, so that a text that slips through as markup stays dead; no other site may frame a page. An
/// answer that says nothing of caching is not kept anywhere: it may be of a session.
public struct SecurityHeaders<Context: RequestContext>: RouterMiddleware {
  private let fields: [(HTTPField.Name, String)]

  /// The middleware.
  ///
  /// - Parameter proxy: What stands in front of the server; behind TLS, browsers are told to come
  ///   back with TLS only.
  public init(proxy: ReverseProxy) {
    fields = SecurityFields.always + (proxy.speaksTLS ? SecurityFields.behindTLS : [])
  }

  /// Passes a request on, and adds to the answer.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - context: Its context.
  ///   - next: What follows.
  /// - Returns: The answer.
  /// - Throws: What follows throws.
  public func handle(
    _ request: Request, context: Context,
    next: @concurrent (Request, Context) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    for (name, value) in fields { response.headers[name] = value }
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    return response
  }
}

/// What ``SecurityHeaders`` says.
enum SecurityFields {
  static let always: [(HTTPField.Name, String)] = [
    (
      .contentSecurityPolicy,
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    // Browsers must not guess that a text is a script.
    (.xContentTypeOptions, "nosniff"),
    // Addresses of invitations hold secrets.
    (.known("Referrer-Policy"), "no-referrer"),
    (.known("Cross-Origin-Opener-Policy"), "same-origin"),
    (.known("Cross-Origin-Resource-Policy"), "same-origin"),
    (
      .known("Permissions-Policy"),
      "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()"
    ),
  ]

  static let behindTLS: [(HTTPField.Name, String)] = [
    (.strictTransportSecurity, "max-age=31536000")
  ]
}

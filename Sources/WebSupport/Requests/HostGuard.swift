internal import HTTPTypes
public import Hummingbird

/// Answers only to the names of the machine itself, where the server listens on the loopback.
///
/// Otherwise a page from elsewhere could have its own name point to 127.0.0.1 once it is loaded (DNS
/// rebinding), and would then be of this server's origin for the browser.
public struct HostGuard<Context: RequestContext>: RouterMiddleware {
  private let isLoopbackOnly: Bool

  /// A guard.
  ///
  /// - Parameters:
  ///   - address: Where the server listens.
  ///   - proxy: What stands in front of it; behind a proxy, hosts have the names that it gives them.
  public init(address: ListenAddress, proxy: ReverseProxy) {
    isLoopbackOnly = address.isLoopback && !proxy.isThere
  }

  /// Passes a request on, or refuses it.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - context: Its context.
  ///   - next: What follows.
  /// - Returns: The answer.
  /// - Throws: ``WebFailure`` with status 421, and what follows throws.
  public func handle(
    _ request: Request, context: Context,
    next: @concurrent (Request, Context) async throws -> Response
  ) async throws -> Response {
    guard !isLoopbackOnly || Self.isOwnName(request.head.authority) else {
      throw WebFailure(
        .misdirectedRequest, code: "host",
        "This server answers to localhost only. If a proxy stands in front of it, start it with that "
          + "said; if others are to reach it, let it listen on another address.")
    }
    return try await next(request, context)
  }

  /// Whether a `Host` is the machine itself. Programs of HTTP/1.0 name none, and no browser is one.
  private static func isOwnName(_ authority: String?) -> Bool {
    guard let authority, !authority.isEmpty else { return true }
    guard let address = try? ListenAddress(parsing: authority.lowercased(), defaultPort: 80) else {
      return false
    }
    return address.isLoopback
  }
}

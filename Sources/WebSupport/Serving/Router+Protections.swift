public import Hummingbird

extension Router {
  /// Adds what guards every route, in the order in which it works: headers around everything, then
  /// answers for failures, then who is let in. To be called before any route is added.
  ///
  /// - Parameters:
  ///   - address: Where the server will listen.
  ///   - proxy: What stands in front of it.
  ///   - page: The HTML page that shows a failure.
  public func addProtections(
    address: ListenAddress, proxy: ReverseProxy, page: @escaping @Sendable (WebFailure) -> String
  ) {
    add(middleware: SecurityHeaders(proxy: proxy))
    add(middleware: FailureResponses(page: page))
    add(middleware: HostGuard(address: address, proxy: proxy))
    add(middleware: PathGuard())
    add(middleware: SameOrigin())
  }
}

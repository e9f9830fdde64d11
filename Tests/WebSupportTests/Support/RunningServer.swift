import Hummingbird
import Logging
import Synchronization
import WebSupport

/// A server for the time of a test.
enum RunningServer {
  /// Serves on a free port while a body runs, then stops.
  static func serve<Context: RequestContext>(
    _ router: Router<Context>, limits: WebServer.Limits = WebServer.Limits(),
    logger: Logger = RecordedLog().logger, during body: (Int) async throws -> Void
  ) async throws where Context: InitializableFromSource<ApplicationRequestContextSource> {
    let (ports, listening) = AsyncStream<Int>.makeStream()
    let (stops, asking) = AsyncStream<Void>.makeStream()
    let server = WebServer(address: ListenAddress(port: 0), limits: limits, logger: logger)
    let responder = router.buildResponder()
    let serving = Task {
      defer { listening.finish() }
      return try await server.run(
        responder, until: { for await _ in stops { return } },
        listening: { listening.yield($0.port) })
    }
    var iterator = ports.makeAsyncIterator()
    if let port = await iterator.next() {
      do {
        try await body(port)
      } catch {
        asking.yield()
        throw error
      }
    }
    asking.yield()
    _ = try await serving.value
  }

  /// A router with all guards, whose pages are "page: " and the failure's sentence.
  static func router(proxy: ReverseProxy = .none) -> Router<BasicRequestContext> {
    let router = Router(context: BasicRequestContext.self)
    router.addProtections(address: ListenAddress(port: 0), proxy: proxy) { "page: \($0.message)" }
    return router
  }
}

import Logging
import WebSupport

/// Serves pages to people until somebody asks to stop: what `attune studio` and `attune annotate serve` do alike.
enum PageServing {
  /// Serves, and says on standard error where, and whether something was cut off in the end.
  ///
  /// - Parameters:
  ///   - address: Where to listen.
  ///   - serve: Serves by the server that it is given, until the first function that it is given returns, and
  ///     tells the second one where.
  /// - Throws: What `serve` throws.
  static func run(
    at address: ListenAddress,
    _ serve: (
      WebServer, @escaping @Sendable () async -> Void, @escaping @Sendable (ListenAddress) -> Void
    ) async throws -> WebServer.Ending
  ) async throws {
    var logger = Logger(label: "attune")
    logger.logLevel = .warning
    Interruption.listen(finishing: .requests)
    let ending = try await serve(
      WebServer(address: address, logger: logger),
      {
        while Interruption.requested == nil, !Task.isCancelled {
          try? await Task.sleep(for: .milliseconds(50))
        }
      },
      { StandardStream.error.writeLine("attune: serving \($0.url)") })
    if ending == .cutOff {
      StandardStream.error.writeLine("attune: some requests took too long and were cut off")
    }
  }
}

public import Hummingbird
internal import HummingbirdCore
public import Logging
internal import NIOCore
internal import ServiceLifecycle

/// Serves a router's routes on an address until it is asked to stop.
///
///     let server = WebServer(address: ListenAddress(port: 8765), logger: logger)
///     let ending = try await server.run(router.buildResponder(), until: stopped) { address in
///       print("listening on \(address.url)")
///     }
///
/// It handles no signals itself: `until` says when to stop, so that a program with its own way of
/// noticing Ctrl-C keeps it.
public struct WebServer: Sendable {
  /// What is granted to connections.
  public struct Limits: Sendable, Hashable {
    /// Bytes of a request's header in all, and of its longest field.
    public var headerBytes: Int
    /// Fields of a request's header.
    public var headerFields: Int
    /// How long a connection may be silent, between requests or within one.
    public var idle: Duration
    /// Connections at once; more wait to be accepted.
    public var connections: Int
    /// How long requests that are under way may take once the server is asked to stop.
    public var drain: Duration

    /// Limits.
    ///
    /// - Parameters:
    ///   - headerBytes: Bytes of a request's header in all, and of its longest field.
    ///   - headerFields: Fields of a request's header.
    ///   - idle: How long a connection may be silent.
    ///   - connections: Connections at once.
    ///   - drain: How long requests under way may take at the end.
    public init(
      headerBytes: Int = 1 << 14, headerFields: Int = 100, idle: Duration = .seconds(60),
      connections: Int = 1000, drain: Duration = .seconds(10)
    ) {
      self.headerBytes = headerBytes
      self.headerFields = headerFields
      self.idle = idle
      self.connections = connections
      self.drain = drain
    }
  }

  /// How a server came to its end.
  public enum Ending: Sendable, Hashable {
    /// All requests that were under way have been answered.
    case drained
    /// Some took longer than ``Limits/drain`` and were cut off.
    case cutOff
  }

  private let address: ListenAddress
  private let limits: Limits
  private let logger: Logger

  /// A server that does not run yet.
  ///
  /// - Parameters:
  ///   - address: Where it listens.
  ///   - limits: What is granted to connections.
  ///   - logger: Where it says what it does.
  public init(address: ListenAddress, limits: Limits = Limits(), logger: Logger) {
    self.address = address
    self.limits = limits
    self.logger = logger
  }

  /// Serves until it is asked to stop or the task is cancelled; both let requests under way finish.
  ///
  /// - Parameters:
  ///   - responder: What answers, such as `router.buildResponder()`.
  ///   - stop: Returns when the server is to stop; its task is cancelled when the server has ended,
  ///     and it should then return too.
  ///   - listening: Is told where the server listens, with the real port, once it does.
  /// - Returns: How it ended.
  /// - Throws: ``ListenError``.
  public func run<Responder: HTTPResponder>(
    _ responder: Responder, until stop: @escaping @Sendable () async -> Void,
    listening: @escaping @Sendable (ListenAddress) -> Void
  ) async throws -> Ending
  where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [application(responder, listening)], logger: logger))
    // Tasks of their own: cancelling the caller must drain the server, not cut it off, and no
    // request is to run where the caller prefers to.
    let serving = Task { try await group.run() }
    let (stops, asking) = AsyncStream<Void>.makeStream()
    let asked = Task {
      await stop()
      asking.yield()
    }
    let draining = Task { await drain(serving, group, when: stops) }
    let result = await withTaskCancellationHandler {
      await serving.result
    } onCancel: {
      asking.yield()
    }
    asked.cancel()
    draining.cancel()
    let ending = await draining.value
    do {
      try result.get()
    } catch  where ending != nil {
      // It was asked to stop before it had started, or was cut off.
    } catch {
      throw ListenError(error, at: address)
    }
    return ending ?? .drained
  }

  /// Waits until the server is to stop, and sees to it that it does.
  ///
  /// - Returns: nil if it was never asked to.
  private func drain(
    _ serving: Task<Void, any Error>, _ group: ServiceGroup, when stops: AsyncStream<Void>
  ) async -> Ending? {
    var stops = stops.makeAsyncIterator()
    guard await stops.next() != nil else { return nil }
    await group.triggerGracefulShutdown()
    do {
      try await Task.sleep(for: limits.drain)
    } catch {
      return .drained
    }
    serving.cancel()
    return .cutOff
  }

  private func application<Responder: HTTPResponder>(
    _ responder: Responder, _ listening: @escaping @Sendable (ListenAddress) -> Void
  ) -> Application<Responder>
  where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
    let (host, idle) = (address.host, limits.idle)
    let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
      maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes,
      maxHeaderFieldCount: limits.headerFields)
    return Application(
      responder: responder,
      server: HTTPServerBuilder { responder in
        VersionedChannel(
          base: HTTP1Channel(
            responder: responder,
            configuration: HTTP1Channel.Configuration(
              idleTimeout: TimeAmount(idle), httpDecoderConfiguration: decoder)))
      },
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: address.port),
        availableConnectionsDelegate: .maximum(limits.connections, logger: logger)),
      onServerRunning: { channel in
        guard let port = channel.localAddress?.port else { return }
        listening(ListenAddress(host: host, port: port))
      },
      logger: logger)
  }
}

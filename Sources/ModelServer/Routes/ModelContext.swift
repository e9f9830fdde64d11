public import Hummingbird
public import NIOCore
internal import WebSupport

/// What is known of a request to a model beside the request itself: who is at the other end, and by which key.
public struct ModelContext: RequestContext, RemoteAddressRequestContext {
  /// What Hummingbird keeps.
  public var coreContext: CoreRequestContextStorage
  /// The other end of the connection.
  public let remoteAddress: SocketAddress?
  /// When the request came.
  public let start: ContinuousClock.Instant
  /// Whose key it shows; `nil` where it needs none.
  var key: KeyRecord?
  /// The session of a browser; `nil` for programs.
  var session: Secret?
  /// The connection, which is cut off where a client takes nothing any more.
  let channel: any Channel

  /// The context of a request.
  ///
  /// - Parameter source: The connection and the logger.
  public init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    (remoteAddress, channel) = (source.channel.remoteAddress, source.channel)
    start = .now
  }
}

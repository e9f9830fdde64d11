public import Hummingbird
public import NIOCore

/// What is known of a request beside the request itself: who is at the other end.
///
/// A server that knows more (a session, a person) makes a context of its own and conforms it to
/// `RemoteAddressRequestContext` in the same way.
public struct WebContext: RequestContext, RemoteAddressRequestContext {
  /// What Hummingbird keeps.
  public var coreContext: CoreRequestContextStorage
  /// The other end of the connection.
  public let remoteAddress: SocketAddress?

  /// The context of a request.
  ///
  /// - Parameter source: The connection and the logger.
  public init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    remoteAddress = source.channel.remoteAddress
  }
}

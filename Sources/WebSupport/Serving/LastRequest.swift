internal import NIOCore
internal import NIOHTTP1

/// Ends a connection after the request that is its last: one of HTTP/1.0, or with `Connection: close`.
///
/// Hummingbird knows requests without their version, and would keep the connection of an HTTP/1.0 client,
/// who waits for its end, until it has been idle. The answer is in the request's version, so that no
/// chunks come to who does not know them.
///
/// Stands where parts still have their version. What a client sends after its last request is dropped
/// (RFC 9112, 9.6).
final class LastRequest: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private var unanswered = 0
  /// The version of the last request, once it has come.
  private var version: HTTPVersion?
  /// Whether it has come whole.
  private var isRead = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isRead else { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      unanswered += 1
      if head.version != .http1_1 || !head.isKeepAlive { version = head.version }
    case .body: break
    case .end: isRead = version != nil
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let part = unwrapOutboundIn(data)
    let isOfLast = unanswered == 1 && version != nil
    switch part {
    case .head(var head) where isOfLast && head.status.code >= 200:
      if let version { head.version = version }
      head.headers.replaceOrAdd(name: "Connection", value: "close")
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .head, .body: context.write(data, promise: promise)
    case .end:
      unanswered -= 1
      context.write(data, promise: promise)
      guard isOfLast else { return }
      context.flush()
      // What is written still goes out before.
      context.close(mode: .output, promise: nil)
    }
  }
}

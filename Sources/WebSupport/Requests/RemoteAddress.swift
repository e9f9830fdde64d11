public import HTTPTypes
public import Hummingbird
public import NIOCore

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Who is asking, as an address of the Internet.
public struct RemoteAddress: Sendable, Hashable, CustomStringConvertible {
  /// The 4 or 16 bytes; none for a peer that has no such address.
  private let bytes: [UInt8]

  /// The address of who sent a request.
  ///
  /// Behind a proxy it is the last entry of `X-Forwarded-For`, the one that the proxy itself has
  /// written; what stands before it, and all of it where there is no proxy, is what the client
  /// claims.
  ///
  /// - Parameters:
  ///   - peer: The other end of the connection.
  ///   - headers: The request's header.
  ///   - proxy: What stands in front of the server.
  public init(peer: SocketAddress?, headers: HTTPFields, proxy: ReverseProxy) {
    let forwarded = headers[values: .known("X-Forwarded-For")].last
    if proxy.isThere,
      let entry = forwarded?.split(separator: ",", omittingEmptySubsequences: false).last,
      let bytes = Self.bytes(of: String(entry.trimmingBlanks()))
    {
      self.bytes = bytes
    } else {
      bytes = peer?.ipAddress.flatMap(Self.bytes) ?? []
    }
  }

  /// The address of who sent a request that is being answered.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - context: Its context.
  ///   - proxy: What stands in front of the server.
  public init(
    of request: Request, _ context: some RemoteAddressRequestContext, proxy: ReverseProxy
  ) {
    self.init(peer: context.remoteAddress, headers: request.headers, proxy: proxy)
  }

  /// The address as text, "unknown" if there is none.
  public var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = bytes.count == 4 ? AF_INET : AF_INET6
    guard !bytes.isEmpty, inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else {
      return "unknown"
    }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// What limits count by: an address of IPv4, but of IPv6 the first 64 bits, since whoever has one
  /// such address has 2⁶⁴ of them.
  public var network: RemoteAddress {
    guard bytes.count == 16 else { return self }
    return RemoteAddress(bytes: bytes.prefix(8) + [UInt8](repeating: 0, count: 8))
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The bytes of an address; those of IPv4 within IPv6 (`::ffff:1.2.3.4`) are of IPv4.
  private static func bytes(of text: String) -> [UInt8]? {
    var short = [UInt8](repeating: 0, count: 4)
    if inet_pton(AF_INET, text, &short) == 1 { return short }
    var long = [UInt8](repeating: 0, count: 16)
    guard inet_pton(AF_INET6, text, &long) == 1 else { return nil }
    let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
    return long.starts(with: mapped) ? Array(long.suffix(4)) : long
  }
}

/// What stands between people and the server.
///
/// A proxy must pass on `Host` as it came, and put the address of who asks at the end of
/// `X-Forwarded-For`; both is what proxies commonly do. To say that there is one where there is none
/// lets anybody claim any address.
public enum ReverseProxy: String, Sendable, Hashable, CaseIterable {
  /// Nothing: browsers connect to the server itself.
  case none
  /// A proxy that tells who is asking in `X-Forwarded-For`.
  case plain
  /// The same, and browsers speak TLS with it.
  case tls

  /// Whether browsers speak TLS.
  public var speaksTLS: Bool { self == .tls }

  /// Whether `X-Forwarded-For` can be believed.
  public var isThere: Bool { self != .none }
}

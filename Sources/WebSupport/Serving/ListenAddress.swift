/// Where a server listens: a host of this machine and a port.
public struct ListenAddress: Sendable, Hashable {
  /// A name or an address, without brackets.
  public let host: String
  /// From 0 to 65535; 0 takes any free one.
  public let port: Int

  /// The loopback, which no other machine reaches.
  public static let loopback = "127.0.0.1"

  /// An address.
  ///
  /// - Parameters:
  ///   - host: A name or an address, without brackets.
  ///   - port: From 0 to 65535.
  public init(host: String = loopback, port: Int) {
    precondition((0...65535).contains(port), "port \(port)")
    self.host = host
    self.port = port
  }

  /// Reads an address: "127.0.0.1:8765", "[::1]:80", "localhost:80", or a host alone.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - defaultPort: The port where the text has none.
  /// - Throws: ``ListenError``.
  public init(parsing text: String, defaultPort: Int) throws(ListenError) {
    var rest = Substring(text)
    let host: Substring
    if rest.first == "[" {
      guard let end = rest.firstIndex(of: "]") else { throw .notAnAddress(text) }
      host = rest[rest.index(after: rest.startIndex)..<end]
      rest = rest[rest.index(after: end)...]
      guard host.contains(":") else { throw .notAnAddress(text) }
    } else {
      guard rest.count(where: { $0 == ":" }) <= 1 else { throw .withoutBrackets(text) }
      host = rest.prefix { $0 != ":" }
      rest = rest.dropFirst(host.count)
    }
    guard !host.isEmpty, host.utf8.allSatisfy(Self.isOfHost) else { throw .notAnAddress(text) }
    guard !rest.isEmpty else {
      self.init(host: String(host), port: defaultPort)
      return
    }
    guard rest.first == ":" else { throw .notAnAddress(text) }
    let digits = rest.dropFirst()
    guard digits.utf8.allSatisfy(\.isASCIIDigit), let port = Int(digits), port <= 65535 else {
      throw .badPort(text, port: String(digits))
    }
    self.init(host: String(host), port: port)
  }

  /// Whether only this machine reaches it.
  public var isLoopback: Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    let isOfIPv4 = parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    return isOfIPv4 || host == "::1" || host.lowercased() == "localhost"
  }

  /// The address as a browser takes it.
  public var url: String { "http://\(self)/" }

  /// Whether passwords could be read on their way.
  ///
  /// - Parameter proxy: What stands in front of the server.
  /// - Returns: Whether other machines reach it without TLS.
  public func needsWarning(proxy: ReverseProxy) -> Bool { !isLoopback && !proxy.speaksTLS }

  private static func isOfHost(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || "-._:%".utf8.contains(byte)
  }
}

extension ListenAddress: CustomStringConvertible {
  /// Host and port.
  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

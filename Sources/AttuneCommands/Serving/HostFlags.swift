public import ArgumentParser
public import WebSupport

/// Who can reach a server.
struct HostFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The address to listen on; 0.0.0.0 for all of this machine.", valueName: "address"))
  var host = ListenAddress.loopback

  @Option(
    help: ArgumentHelp(
      "What stands in front: none, plain (a proxy without TLS), tls.", valueName: "proxy"))
  var proxy = ReverseProxy.none

  /// An address of the host, said aloud where what passes can be read on the way.
  ///
  /// - Parameters:
  ///   - port: The port, from 0 to 65535.
  ///   - secrets: What could be read.
  /// - Returns: The address.
  func address(port: Int, carrying secrets: String) -> ListenAddress {
    let address = ListenAddress(host: host, port: port)
    if address.needsWarning(proxy: proxy) {
      StandardStream.error.writeLine(
        "attune: warning: \(address) can be reached from other machines, and without TLS in front "
          + "\(secrets) can be read on the way")
    }
    return address
  }

  /// Refuses what is no port.
  ///
  /// - Throws: `ValidationError`.
  static func check(_ port: Int, _ flag: String) throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("'\(flag)' is \(port), but must be from 0 to 65535.")
    }
  }
}

extension ReverseProxy: ExpressibleByArgument {}

import HTTPTypes
import Hummingbird
import NIOCore
import Testing
import WebSupport

@Suite("Who is asking")
struct RemoteAddressTests {
  private func address(
    _ peer: String?, forwarded: [String] = [], _ proxy: ReverseProxy = .none
  ) throws -> RemoteAddress {
    let name = try #require(HTTPField.Name("X-Forwarded-For"))
    return RemoteAddress(
      peer: try peer.map { try SocketAddress(ipAddress: $0, port: 4711) },
      headers: HTTPFields(forwarded.map { HTTPField(name: name, value: $0) }), proxy: proxy)
  }

  @Test("without a proxy it is the peer, whatever the header claims")
  func direct() throws {
    #expect("\(try address("192.0.2.7"))" == "192.0.2.7")
    #expect("\(try address("192.0.2.7", forwarded: ["10.0.0.1"]))" == "192.0.2.7")
    #expect("\(try address("2001:DB8:0:0::1"))" == "2001:db8::1")
    #expect("\(try address(nil, forwarded: ["10.0.0.1"]))" == "unknown")
  }

  @Test("behind a proxy it is the entry that the proxy has written, the last")
  func forwarded() throws {
    for proxy in [ReverseProxy.plain, .tls] {
      #expect("\(try address("127.0.0.1", forwarded: ["192.0.2.7"], proxy))" == "192.0.2.7")
      #expect(
        "\(try address("127.0.0.1", forwarded: ["10.0.0.1, 192.0.2.7"], proxy))" == "192.0.2.7")
      #expect(
        "\(try address("127.0.0.1", forwarded: ["10.0.0.1", "10.0.0.2 ,\t192.0.2.7 "], proxy))"
          == "192.0.2.7")
      #expect("\(try address("127.0.0.1", forwarded: ["2001:db8::1"], proxy))" == "2001:db8::1")
    }
  }

  @Test(
    "an entry that is no address leaves the proxy's own",
    arguments: [
      "", ",", "unknown", "192.0.2", "192.0.2.7:80", "192.0.2.7, ", "[2001:db8::1]",
    ])
  func malformed(entry: String) throws {
    #expect("\(try address("127.0.0.1", forwarded: [entry], .plain))" == "127.0.0.1")
  }

  @Test("one address has one form, and all of a network of IPv6 count as one")
  func network() throws {
    #expect(try address("::ffff:192.0.2.7") == address("192.0.2.7"))
    #expect(try address("192.0.2.7").network == address("192.0.2.7"))
    #expect("\(try address("2001:db8:1:2:3:4:5:6").network)" == "2001:db8:1:2::")
    #expect(
      try address("2001:db8:1:2:3:4:5:6").network == address("2001:db8:1:2:ffff::").network)
    #expect(try address("2001:db8:1:3::").network != address("2001:db8:1:2::").network)
    #expect(try address("192.0.2.7").network != address("192.0.2.8").network)
  }

  @Test("a request to a running server has the address of its connection, or the proxy's word")
  func live() async throws {
    let router = Router(context: WebContext.self)
    router.get("direct") { request, context in
      "I see \(RemoteAddress(of: request, context, proxy: .none))."
    }
    router.get("forwarded") { request, context in
      "I see \(RemoteAddress(of: request, context, proxy: .plain))."
    }
    try await RunningServer.serve(router) { port in
      for (path, expected) in [("direct", "127.0.0.1"), ("forwarded", "192.0.2.7")] {
        let reply = try await Connection.exchange(
          [
            "GET /\(path) HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 10.0.0.1, 192.0.2.7\r\n\r\n"
          ], port: port, until: "\(expected).")
        #expect(reply.text.hasSuffix("I see \(expected)."))
      }
    }
  }
}

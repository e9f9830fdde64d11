import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTesting
import Testing
import WebSupport

@Suite("Who is let in")
struct GuardTests {
  private let json: HTTPFields = [.accept: "application/json"]

  /// The status of an answer of a server with all guards, and the code of the failure.
  private func answer(
    _ method: String, _ headers: [String: String] = [:], proxy: ReverseProxy = .none,
    address: ListenAddress = ListenAddress(port: 0)
  ) async throws -> String {
    let router = Router(context: BasicRequestContext.self)
    router.addProtections(address: address, proxy: proxy) { $0.message }
    for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete] {
      router.on("a", method: method) { _, _ in "in" }
    }
    let fields = ["Host": "localhost", "Accept": "application/json"].merging(headers) { $1 }
    let lines = ["\(method) /a HTTP/1.1"] + fields.map { "\($0.key): \($0.value)" }
    var answer = ""
    try await RunningServer.serve(router) { port in
      let reply = try await Connection.exchange(
        [lines.joined(separator: "\r\n") + "\r\n\r\n"], port: port, until: "\r\n\r\n")
      let code = reply.text.split(separator: #""code": ""#).dropFirst().first
      answer =
        reply.statusLine.dropFirst("HTTP/1.1 ".count).prefix(3) + " "
        + (code?.prefix { $0 != "\"" } ?? "")
    }
    return answer
  }

  @Test("requests of this site's own pages and of programs pass")
  func sameOrigin() async throws {
    #expect(try await answer("POST", ["Sec-Fetch-Site": "same-origin"]) == "200 ")
    #expect(try await answer("POST", ["Sec-Fetch-Site": "none"]) == "200 ")
    #expect(try await answer("POST") == "200 ")
    #expect(try await answer("GET", ["Sec-Fetch-Site": "cross-site"]) == "200 ")
    #expect(
      try await answer("POST", ["Host": "localhost:8765", "Origin": "http://localhost:8765"])
        == "200 ")
    #expect(
      try await answer(
        "POST", ["Host": "Notes.Example", "Origin": "https://notes.example"], proxy: .tls)
        == "200 ")
  }

  @Test("what changes something at the bidding of another site is refused")
  func crossOrigin() async throws {
    let refusal = "403 cross_origin"
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
      #expect(try await answer(method, ["Sec-Fetch-Site": "cross-site"]) == refusal)
    }
    let host = "localhost:8765"
    for headers in [
      ["Sec-Fetch-Site": "same-site"], ["Sec-Fetch-Site": "nonsense"],
      ["Sec-Fetch-Site": "cross-site", "Origin": "http://localhost:8765", "Host": host],
      ["Origin": "null", "Host": host], ["Origin": "http://evil.example", "Host": host],
      ["Origin": "http://localhost", "Host": host],
      ["Origin": "http://localhost:8766", "Host": host],
      ["Origin": "http://localhost:8765.evil.example", "Host": host],
      ["Origin": "http://evil.example#http://localhost:8765", "Host": host],
      ["Origin": "ftp://localhost:8765", "Host": host], ["Origin": "localhost:8765", "Host": host],
    ] {
      #expect(try await answer("POST", headers) == refusal, "\(headers)")
    }
  }

  @Test("on the loopback only the machine's own names are answered to")
  func hosts() async throws {
    for host in [
      "localhost", "localhost:8765", "127.0.0.1:8765", "[::1]:80", "LOCALHOST:1", "127.1.2.3",
    ] {
      #expect(try await answer("GET", ["Host": host]) == "200 ", "\(host)")
    }
    for host in [
      "evil.example", "evil.example:8765", "localhost.evil.example", "127.0.0.1.evil.example",
      "::1",
      "localhost@evil.example", "0.0.0.0:8765",
    ] {
      #expect(
        try await answer("GET", ["Host": host])
          == "421 host", "\(host)")
      #expect(try await answer("GET", ["Host": host], proxy: .plain) == "200 ", "\(host)")
    }
  }

  @Test("a server for other machines answers to any name")
  func publicServer() async throws {
    let address = ListenAddress(host: "0.0.0.0", port: 0)
    #expect(try await answer("GET", ["Host": "notes.example"], address: address) == "200 ")
  }

  @Test(
    "paths that programs read differently are refused",
    arguments: [
      "/..%2f", "/..%2Fetc%2Fpasswd", "/%2e%2e/secret", "/a/../b", "/a/..", "/./a", "/a/.",
      "/a/%2E",
      "/a//b", "//evil.example/a", "/a%5cb", "/a\\b", "/a%00b", "/a%0d%0aSet-Cookie:x", "/a%7f",
      "/a%", "/a%4", "/a%zz", "/%ff", "/%c0%ae%c0%ae/", "a", "*", "/%c0%af",
      "http://localhost/a",
    ])
  func paths(path: String) async throws {
    let router = RunningServer.router()
    router.on("**", method: .get) { _, _ in "in" }
    let headers = json
    // Without a client in between, which would tidy the path.
    try await Application(router: router).test(.router) { client in
      let response = try await client.execute(uri: path, method: .get, headers: headers)
      #expect(response.status == .badRequest)
      #expect(String(buffer: response.body).contains("\"path\""))
    }
  }

  @Test(
    "other paths pass",
    arguments: [
      "/", "/a", "/a/", "/a/b.c", "/...", "/a/..b", "/a/b?x=../..%2f//&y=%00", "/%C3%A9", "/a%20b",
      "/-_~!$&'()*+,;=:@",
    ])
  func plainPaths(path: String) async throws {
    let router = RunningServer.router()
    router.on("**", method: .get) { _, _ in "in" }
    router.on("/", method: .get) { _, _ in "in" }
    try await Application(router: router).test(.router) { client in
      let response = try await client.execute(uri: path, method: .get)
      #expect(response.status == .ok)
    }
  }
}

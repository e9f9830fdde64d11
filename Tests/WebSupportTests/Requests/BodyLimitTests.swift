import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTesting
import NIOCore
import Testing
import WebSupport

@Suite("Bodies", .timeLimit(.minutes(2)))
struct BodyLimitTests {
  /// A router that says how long a body is, what a form has and what JSON is.
  private static func router(
    _ limit: BodyLimit = BodyLimit(bytes: 1000, time: .seconds(20))
  ) -> Router<BasicRequestContext> {
    let router = RunningServer.router()
    router.post("length") { request, _ in "\(try await limit.body(of: request).count) bytes" }
    router.post("form") { request, _ in
      try await limit.form(of: request).fields.map { "\($0.name):\($0.value)" }.joined(
        separator: " ")
    }
    router.post("json") { request, _ in "\(try await limit.json(of: request))" }
    return router
  }

  private func post(
    _ path: String, _ body: String, type: String? = nil, length: String? = nil
  ) async throws -> String {
    var headers: HTTPFields = [:]
    headers[.contentType] = type
    headers[.contentLength] = length
    return try await Application(router: Self.router()).test(.router) { [headers] client in
      let response = try await client.execute(
        uri: path, method: .post, headers: headers, body: ByteBuffer(string: body))
      return "\(response.status.code) \(String(buffer: response.body))"
    }
  }

  private func head(_ fields: String...) -> String {
    (["POST /length HTTP/1.1", "Host: localhost"] + fields).joined(separator: "\r\n") + "\r\n\r\n"
  }

  @Test("a body is read whole up to the limit")
  func whole() async throws {
    let text = String(repeating: "x", count: 1000)
    #expect(try await post("/length", "") == "200 0 bytes")
    #expect(try await post("/length", text, length: "1000") == "200 1000 bytes")
    #expect(try await post("/length", text) == "200 1000 bytes")
  }

  @Test("beyond it the answer is 413, whatever the length claims")
  func tooLarge() async throws {
    let text = String(repeating: "x", count: 1001)
    let refusal = "413 page: The request has more than 1000 bytes, which is the limit."
    #expect(try await post("/length", text, length: "1001") == refusal)
    #expect(try await post("/length", text) == refusal)
  }

  /// What is read of a body that claims a length, without a server that would look at it first.
  private func read(_ body: String, claiming length: String) async -> String {
    let head = HTTPRequest(
      method: .post, scheme: "http", authority: "localhost", path: "/",
      headerFields: [.contentLength: length])
    let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body)))
    do {
      return "\(try await BodyLimit(bytes: 1000).body(of: request).count) bytes"
    } catch {
      return "\(error)"
    }
  }

  @Test("a body that is not as long as it claims is not taken for whole")
  func lies() async {
    let refusal = "413 too_large: The request has more than 1000 bytes, which is the limit."
    let text = String(repeating: "x", count: 1001)
    #expect(await read("xyz", claiming: "3") == "3 bytes")
    #expect(
      await read("xyz", claiming: "5")
        == "400 cut_short: 3 bytes came of the 5 that the request announces.")
    #expect(
      await read("xyz", claiming: "2")
        == "400 cut_short: 3 bytes came of the 2 that the request announces.")
    #expect(await read(text, claiming: "10") == refusal)
    #expect(await read("", claiming: "99999999999999999") == refusal)
  }

  @Test("a large body is refused before it is sent, and the connection ends")
  func announced() async throws {
    try await RunningServer.serve(Self.router()) { port in
      let reply = try await Connection.exchange(
        [head("Content-Length: 100000000"), "xxx"], port: port)
      #expect(reply.statusLine == "HTTP/1.1 413 Payload Too Large", "\(reply)")
      #expect(reply.text.lowercased().contains("connection: close"))
      #expect(reply.isClosed)
    }
  }

  @Test("a body without end is refused at the limit, and the connection ends")
  func endless() async throws {
    try await RunningServer.serve(Self.router()) { port in
      let chunk = "64\r\n" + String(repeating: "x", count: 100) + "\r\n"
      let pieces = [head("Transfer-Encoding: chunked")] + [String](repeating: chunk, count: 11)
      let pauses = [String?](repeating: nil, count: 400)
      let more = pauses.flatMap { [$0, chunk] }
      let reply = try await Connection.exchange(pieces + more, port: port, pause: .milliseconds(20))
      #expect(reply.statusLine == "HTTP/1.1 413 Payload Too Large", "\(reply)")
      #expect(reply.isClosed)
    }
  }

  @Test("a chunked body within the limit is taken")
  func chunked() async throws {
    try await RunningServer.serve(Self.router()) { port in
      let reply = try await Connection.exchange(
        [head("Transfer-Encoding: chunked"), "3\r\nabc\r\n", nil, "2\r\nde\r\n0\r\n\r\n"],
        port: port,
        until: "5 bytes")
      #expect(reply.statusLine == "HTTP/1.1 200 OK")
    }
  }

  @Test("a body that trickles is given up after its time, and the connection ends")
  func slow() async throws {
    let limit = BodyLimit(bytes: 1000, time: .seconds(1))
    try await RunningServer.serve(Self.router(limit)) { port in
      let trickle = [String?](repeating: nil, count: 200).flatMap { [$0, "x"] }
      let clock = ContinuousClock()
      let start = clock.now
      let reply = try await Connection.exchange(
        [head("Content-Length: 500")] + trickle, port: port, pause: .milliseconds(100))
      #expect(reply.statusLine == "HTTP/1.1 408 Request Timeout", "\(reply)")
      #expect(reply.text.contains("did not come within 1 second. "))
      #expect(reply.isClosed)
      #expect(clock.now - start < .seconds(10))
    }
  }

  /// A router that notes what comes of reading a body.
  private func noting(_ seen: Seen) -> Router<BasicRequestContext> {
    let router = RunningServer.router()
    router.post("length") { request, _ in
      do {
        let count = try await BodyLimit(bytes: 1000, time: .seconds(60)).body(of: request).count
        seen.add("\(count) bytes")
        return "taken"
      } catch {
        seen.add("\(type(of: error))")
        throw error
      }
    }
    return router
  }

  @Test("a connection that ends in the middle of a body leaves no half body")
  func cutOff() async throws {
    let seen = Seen()
    try await RunningServer.serve(noting(seen)) { port in
      for head in [head("Content-Length: 10"), head("Transfer-Encoding: chunked") + "9\r\n"] {
        _ = try await Connection.exchange(
          [head, "abc", nil], port: port, patience: .milliseconds(300))
      }
      for _ in 0..<200 where seen.all.count < 2 { try await Task.sleep(for: .milliseconds(20)) }
    }
    #expect(seen.all == ["HTTPParserError", "HTTPParserError"])
  }

  @Test("neither does a server that is stopped in the middle of one")
  func stopped() async throws {
    let seen = Seen()
    let limits = WebServer.Limits(drain: .milliseconds(300))
    try await RunningServer.serve(noting(seen), limits: limits) { port in
      for head in [head("Content-Length: 10"), head("Transfer-Encoding: chunked") + "3\r\n"] {
        Task { try await Connection.exchange([head, "abc", nil], port: port, pause: .seconds(20)) }
      }
      try await Task.sleep(for: .milliseconds(500))
    }
    #expect(seen.all == ["CancellationError", "CancellationError"])
  }

  @Test("two lengths, or a length and chunks, are refused before anything is read")
  func smuggling() async throws {
    try await RunningServer.serve(Self.router()) { port in
      for fields in [
        ["Content-Length: 3", "Content-Length: 30"], ["Content-Length: -1"],
        ["Content-Length: 3 3"],
        ["Content-Length: 3", "Transfer-Encoding: chunked"], ["Transfer-Encoding: chunked, gzip"],
        ["Content-Length: +3"], ["Content-Length: 0x3"],
      ] {
        let head = (["POST /length HTTP/1.1", "Host: localhost"] + fields).joined(separator: "\r\n")
        let reply = try await Connection.exchange([head + "\r\n\r\nabc"], port: port)
        #expect(reply.statusLine == "HTTP/1.1 400 Bad Request", "\(fields): \(reply)")
        #expect(reply.isClosed)
      }
    }
  }

  @Test("forms and JSON are taken by their types only")
  func types() async throws {
    let form = "application/x-www-form-urlencoded"
    #expect(try await post("/form", "a=1&b=%26", type: form) == "200 a:1 b:&")
    #expect(try await post("/form", "a=1", type: "\(form); charset=UTF-8") == "200 a:1")
    #expect(try await post("/form", "a=1", type: "Application/X-WWW-Form-URLEncoded") == "200 a:1")
    #expect(
      try await post("/form", "a=1")
        == "415 page: The request says nothing about its type, but what is read here is \(form) in "
        + "UTF-8.")
    for type in [
      "text/plain", "\(form), text/plain", "\(form); charset=latin1",
      "multipart/form-data; boundary=x",
    ] {
      #expect(
        try await post("/form", "a=1", type: type)
          == "415 page: The request says \"\(type)\", but what is read here is \(form) in UTF-8.")
    }
    #expect(try await post("/json", "[1]", type: form).hasPrefix("415 page: "))
    #expect(
      try await post("/json", #"{"a": [1, true]}"#, type: "application/json").hasPrefix(
        "200 object("))
  }

  @Test("what is no JSON is refused with its place")
  func json() async throws {
    let start = #"400 {"error": {"code": "json", "message": "The body is no JSON: saw "#
    for (body, rest) in [
      (#"{"a": NaN}"#, "`NaN` at byte 7; allowed is a JSON value."),
      ("", "the end at byte 1; allowed is a JSON value."),
      ("[1]]", "`]` at byte 4; allowed is nothing after the end of the value."),
      (
        String(repeating: "[", count: 900),
        "`[` at byte 257; allowed is nesting of at most 256 levels."
      ),
    ] {
      #expect(try await post("/json", body, type: "application/json") == start + rest + #""}}"#)
    }
    let twice = try await post("/json", #"{"a": 1, "a": 2}"#, type: "application/json")
    #expect(twice.contains("a second time at byte 10; allowed is each key once."))
  }
}

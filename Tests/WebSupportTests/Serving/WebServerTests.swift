import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Synchronization
import Testing
import WebSupport

@Suite("The server", .timeLimit(.minutes(2)))
struct WebServerTests {
  private static let get = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n"

  private func router() -> Router<BasicRequestContext> {
    let router = RunningServer.router()
    router.get("a") { _, _ in "answer" }
    router.get("slow") { _, _ in
      try await Task.sleep(for: .seconds(1))
      return "after all"
    }
    router.get("pieces") { _, _ in
      Response(
        status: .ok,
        body: ResponseBody { writer in
          for piece in ["one", " and ", "two"] { try await writer.write(ByteBuffer(string: piece)) }
          try await writer.finish(nil)
        })
    }
    router.get("endless") { _, _ in
      try await Task.sleep(for: .seconds(600))
      return "never"
    }
    return router
  }

  @Test("it says the real port, answers there, and stops when asked to")
  func serving() async throws {
    let server = WebServer(address: ListenAddress(port: 0), logger: RecordedLog().logger)
    let (stops, asking) = AsyncStream<Void>.makeStream()
    let reply = Mutex<Task<Connection.Reply, any Error>?>(nil)
    let ending = try await server.run(
      router().buildResponder(), until: { for await _ in stops { return } },
      listening: { address in
        #expect(address.port != 0)
        reply.withLock {
          $0 = Task {
            defer { asking.yield() }
            return try await Connection.exchange([Self.get], port: address.port, until: "answer")
          }
        }
      })
    #expect(ending == .drained)
    let answer = try await reply.withLock { $0 }?.value
    #expect(answer?.statusLine == "HTTP/1.1 200 OK")
  }

  /// Runs a server, asks it to stop while a request is under way, and gives the answer to that.
  private func stopping(
    during path: String, drain: Duration, byCancelling: Bool
  ) async throws -> (ending: WebServer.Ending, reply: Connection.Reply, time: Duration) {
    let server = WebServer(
      address: ListenAddress(port: 0), limits: WebServer.Limits(drain: drain),
      logger: RecordedLog().logger)
    let (ports, listening) = AsyncStream<Int>.makeStream()
    let (stops, asking) = AsyncStream<Void>.makeStream()
    let responder = router().buildResponder()
    let serving = Task {
      try await server.run(
        responder, until: { for await _ in stops { return } },
        listening: { listening.yield($0.port) })
    }
    var iterator = ports.makeAsyncIterator()
    let port = try #require(await iterator.next())
    let request = Task {
      try await Connection.exchange(
        ["GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n"], port: port, patience: .seconds(30))
    }
    try await Task.sleep(for: .milliseconds(400))
    let clock = ContinuousClock()
    let start = clock.now
    if byCancelling { serving.cancel() } else { asking.yield() }
    let ending = try await serving.value
    let time = clock.now - start
    await #expect(throws: (any Error).self, "nobody listens any more") {
      _ = try await Connection.exchange([Self.get], port: port)
    }
    return (ending, try await request.value, time)
  }

  @Test("a request that is under way is answered before the end", arguments: [false, true])
  func drains(byCancelling: Bool) async throws {
    let (ending, reply, time) = try await stopping(
      during: "/slow", drain: .seconds(20), byCancelling: byCancelling)
    #expect(ending == .drained)
    #expect(reply.text.hasSuffix("after all"))
    #expect(time < .seconds(10))
  }

  @Test("one that takes too long is cut off", arguments: [false, true])
  func cutsOff(byCancelling: Bool) async throws {
    let (ending, reply, time) = try await stopping(
      during: "/endless", drain: .seconds(1), byCancelling: byCancelling)
    #expect(ending == .cutOff)
    #expect(!reply.text.contains("never"))
    #expect(reply.isClosed)
    #expect(time > .milliseconds(900) && time < .seconds(15))
  }

  @Test("a connection that is kept open without a request does not hold up the end")
  func idleConnections() async throws {
    let clock = ContinuousClock()
    var start = clock.now
    try await RunningServer.serve(router(), limits: WebServer.Limits(drain: .seconds(60))) { port in
      let idle = Task { try await Connection.exchange([Self.get], port: port) }
      try await Task.sleep(for: .milliseconds(300))
      start = clock.now
      withExtendedLifetime(idle) {}
    }
    #expect(clock.now - start < .seconds(10))
  }

  @Test("a port that is taken is a sentence with what to do")
  func taken() async throws {
    try await RunningServer.serve(router()) { port in
      let second = WebServer(
        address: ListenAddress(port: port), logger: RecordedLog().logger)
      await #expect(throws: ListenError.inUse(ListenAddress(port: port))) {
        _ = try await second.run(router().buildResponder(), until: { await forever() }) { _ in }
      }
    }
    #expect(
      "\(ListenError.inUse(ListenAddress(port: 80)))"
        == "another program listens on 127.0.0.1:80; stop it, or choose another port (0 takes any free "
        + "one)")
  }

  @Test("addresses that are not this machine's are sentences too")
  func elsewhere() async throws {
    for (host, expected) in [
      (
        "192.0.2.1",
        "no interface of this machine has the address 192.0.2.1; choose 127.0.0.1, or 0.0.0.0 for all"
      ),
      (
        "no-such-host.invalid",
        "the name 'no-such-host.invalid' has no address; choose 127.0.0.1, or 0.0.0.0 for all interfaces"
      ),
    ] {
      let server = WebServer(
        address: ListenAddress(host: host, port: 0), logger: RecordedLog().logger)
      do {
        _ = try await server.run(router().buildResponder(), until: { await forever() }) { _ in }
        Issue.record("it listens on \(host)")
      } catch {
        #expect("\(error)" == expected)
      }
    }
    #expect(
      "\(ListenError.notPermitted(ListenAddress(port: 80)))"
        == "the system does not let this user listen on 127.0.0.1:80; choose a port from 1024 on")
    #expect(
      "\(ListenError.failed(ListenAddress(port: 80), reason: "no luck"))"
        == "cannot listen on 127.0.0.1:80: no luck")
  }

  @Test("to be asked to stop at once is no failure")
  func stoppedAtOnce() async throws {
    for _ in 0..<10 {
      let server = WebServer(address: ListenAddress(port: 0), logger: RecordedLog().logger)
      #expect(try await server.run(router().buildResponder(), until: {}) { _ in } == .drained)
    }
  }

  @Test("headers and addresses beyond the limit are refused")
  func headers() async throws {
    let limits = WebServer.Limits(headerBytes: 2000, headerFields: 10)
    try await RunningServer.serve(router(), limits: limits) { port in
      let long = String(repeating: "x", count: 2500)
      let many = (0..<11).map { "X-\($0): 1\r\n" }.joined()
      let several = (0..<9).map { "X-\($0): \(String(repeating: "y", count: 300))\r\n" }.joined()
      for head in [
        "GET /a HTTP/1.1\r\nHost: localhost\r\nX-Long: \(long)\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: localhost\r\n\(many)\r\n",
        "GET /a HTTP/1.1\r\nHost: localhost\r\n\(several)\r\n",
        "GET /a?\(long) HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: localhost\r\n: nameless\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: localhost\r\nX bad: 1\r\n\r\n", "nonsense\r\n\r\n",
      ] {
        let reply = try await Connection.exchange([head], port: port)
        #expect(reply.statusLine == "HTTP/1.1 400 Bad Request", "\(head.prefix(60)): \(reply)")
        #expect(reply.isClosed)
      }
      let reply = try await Connection.exchange([Self.get], port: port, until: "answer")
      #expect(reply.statusLine == "HTTP/1.1 200 OK")
    }
  }

  @Test("the last request of a connection is answered in its version, and the connection ended")
  func lastRequests() async throws {
    try await RunningServer.serve(router()) { port in
      for (head, version) in [
        ("HTTP/1.0", "HTTP/1.0"), ("HTTP/1.0\r\nConnection: keep-alive", "HTTP/1.0"),
        ("HTTP/1.1\r\nConnection: Close", "HTTP/1.1"),
      ] {
        let last = "GET /pieces \(head)\r\nHost: localhost\r\n\r\n"
        let reply = try await Connection.exchange([Self.get + last + Self.get], port: port)
        #expect(reply.isClosed)
        let answers = reply.text.components(separatedBy: "HTTP/1.").dropFirst()
        #expect(answers.count == 2, "what comes after the last is not answered: \(reply.text)")
        #expect(answers.first?.hasSuffix("answer") == true)
        let answer = "HTTP/1.\(answers.last ?? "")"
        #expect(
          answer.hasPrefix("\(version) 200 OK") && answer.contains("\r\nConnection: close\r\n"))
        // Only HTTP/1.1 knows chunks.
        #expect(answer.hasSuffix("\r\n\r\none and two") == (version == "HTTP/1.0"), "\(answer)")
      }
    }
  }

  @Test("a connection that says nothing, or trickles its header, is ended")
  func idle() async throws {
    let limits = WebServer.Limits(idle: .seconds(1))
    try await RunningServer.serve(router(), limits: limits) { port in
      let clock = ContinuousClock()
      let start = clock.now
      let silent = try await Connection.exchange([], port: port)
      #expect(silent.isClosed && silent.text.isEmpty)
      let trickle = Self.get.dropLast(4).map { String($0) }.flatMap { [nil, $0] }
      let slow = try await Connection.exchange(trickle, port: port, pause: .milliseconds(200))
      #expect(slow.isClosed && slow.text.isEmpty)
      #expect(clock.now - start < .seconds(15))
    }
  }

  @Test("beyond the number of connections others wait until one ends")
  func connections() async throws {
    let limits = WebServer.Limits(idle: .seconds(3), connections: 2)
    try await RunningServer.serve(router(), limits: limits) { port in
      let clock = ContinuousClock()
      let start = clock.now
      async let first = Connection.exchange([], port: port)
      async let second = Connection.exchange([], port: port)
      try await Task.sleep(for: .milliseconds(500))
      let third = try await Connection.exchange([Self.get], port: port, until: "answer")
      #expect(third.statusLine == "HTTP/1.1 200 OK")
      #expect(clock.now - start > .seconds(2))
      _ = try await (first, second)
    }
  }

  @Test("line breaks in a value do not become lines of the header")
  func injection() async throws {
    let router = RunningServer.router()
    router.get("redirect") { request, _ in
      let to = try FormFields(parsing: (request.uri.query ?? "").utf8).one("to")
      return Response.redirect(to: to)
    }
    try await RunningServer.serve(router) { port in
      let reply = try await Connection.exchange(
        [
          "GET /redirect?to=/x%0D%0ASet-Cookie:%20planted=1%0D%0A%0D%0A<b> HTTP/1.1\r\n"
            + "Host: localhost\r\n\r\n"
        ], port: port, until: "\r\n\r\n")
      #expect(reply.statusLine == "HTTP/1.1 303 See Other")
      let names = reply.text.split(separator: "\r\n").map { $0.prefix { $0 != ":" }.lowercased() }
      #expect(!names.contains("set-cookie"))
      #expect(names.contains("location"))
    }
  }

  @Test("several requests on one connection are answered in turn, also after a failure")
  func keepAlive() async throws {
    try await RunningServer.serve(router()) { port in
      let missing = "GET /missing HTTP/1.1\r\nHost: localhost\r\n\r\n"
      let reply = try await Connection.exchange(
        [missing + Self.get], port: port, until: "answer")
      #expect(reply.statusLine == "HTTP/1.1 404 Not Found")
      #expect(reply.text.contains("There is nothing at this address.HTTP/1.1 200 OK"))
      #expect(reply.text.hasSuffix("answer"))
    }
  }
}

/// Waits for what does not come.
private func forever() async {
  try? await Task.sleep(for: .seconds(600))
}

#if LibTorch
  import Foundation
  import HTTPTypes
  import Hummingbird
  import HummingbirdTesting
  import Monitoring
  import PreferenceData
  import Testing
  import WebSupport

  @testable import ModelServer

  @Suite("Administration of a server")
  struct AdministrationTests {
    /// A server with a canary, and its administration.
    private func run(
      _ body: @escaping @Sendable (ServedModelFixture, Visitor) async throws -> Void
    ) async throws {
      var options = ServedModelFixture.Options()
      options.keepsAnswers = true
      options.plan = try CanaryPlan(experiment: "e", steps: [.init(share: 0.5)])
      try await ServedModelFixture.run(options) { served in
        let administration = AdministrationService(
          served.service,
          keys: KeyRing([
            KeyRecord(
              name: "admin", digest: SecretDigest(hashing: ServedModelFixture.adminKey),
              role: .admin)
          ]), address: ListenAddress(port: 8001))
        try await Application(router: administration.router()).test(.live) { client in
          try await body(served, Visitor(client: client))
        }
      }
    }

    private struct Visitor: Sendable {
      let client: any TestClientProtocol
      var cookie: String?
      var key: String?

      func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil,
        type: String = "application/x-www-form-urlencoded"
      ) async throws -> ServedModelFixture.Reply {
        var headers: HTTPFields = [.accept: "text/html"]
        if let cookie { headers[.cookie] = cookie }
        if let key { headers[.authorization] = "Bearer \(key)" }
        if body != nil { headers[.contentType] = type }
        return try await ServedModelFixture.Reply(client, method, path, headers, body)
      }
    }

    @Test("a browser is let in by the key alone, and acts only with its session's token")
    func browser() async throws {
      try await run { served, stranger in
        let away = try await stranger.send(.get, "/")
        #expect(away.status == 303 && away.headers[.location] == "/sign-in")
        #expect(try await stranger.send(.get, "/sign-in").status == 200)
        #expect(try await stranger.send(.post, "/sign-in", "key=wrong").status == 401)
        #expect(
          try await stranger.send(.post, "/sign-in", "key=\(ServedModelFixture.key)").status == 401)
        let entered = try await stranger.send(
          .post, "/sign-in", "key=\(ServedModelFixture.adminKey)")
        #expect(entered.status == 303)
        let field = try #require(entered.headers[.setCookie])
        #expect(field.contains("HttpOnly") && field.contains("SameSite=Strict"))
        var visitor = stranger
        visitor.cookie = String(field.prefix { $0 != ";" })
        let page = try await visitor.send(.get, "/")
        #expect(page.status == 200 && page.text.contains("tiny"))
        let token = try #require(
          page.text.firstMatch(of: /name="csrf_token"[^>]*value="([^"]+)"/)
            ?? page.text.firstMatch(of: /value="([^"]+)"[^>]*name="csrf_token"/)
        ).1
        #expect(try await visitor.send(.post, "/canary/stop", "sure=yes").status == 403)
        // The routes of programs want more than a browser's cookie, too.
        let bare = try await visitor.send(
          .post, "/admin/canary/stop", "{}", type: "application/json")
        #expect(bare.status == 403)
        let unsure = try await visitor.send(.post, "/canary/stop", "csrf_token=\(token)")
        #expect(unsure.status == 409 && unsure.text.contains("say that you are sure"))
        let silent = try await visitor.send(
          .post, "/canary/roll_back", "csrf_token=\(token)&sure=yes&reason=%20")
        #expect(silent.status == 409 && silent.text.contains("give a reason"))
        let early = try await visitor.send(
          .post, "/canary/promote", "csrf_token=\(token)&sure=yes&reason=good")
        #expect(early.status == 409 && early.text.contains("cannot be promoted"))
        let stopped = try await visitor.send(
          .post, "/canary/stop", "csrf_token=\(token)&sure=yes")
        #expect(stopped.status == 303)
        // Nobody is answered by the candidate any more.
        for user in 0..<8 {
          let reply = try await served.complete(
            #""prompt": "Why", "user": "user \#(user)", "max_tokens": 1"#)
          #expect(reply.headers[.armOfTests] == "control")
        }
        #expect(
          try await visitor.send(.post, "/sign-out", "csrf_token=\(token)").status == 303)
        #expect(try await visitor.send(.get, "/").status == 303)
      }
    }

    @Test("programs have the same by their key, as JSON")
    func programs() async throws {
      try await run { _, stranger in
        var program = stranger
        program.key = ServedModelFixture.key
        #expect(try await program.send(.get, "/admin/canary").status == 401)
        program.key = ServedModelFixture.adminKey
        let shown = try await program.send(.get, "/admin/canary")
        #expect(shown.status == 200 && shown.text.contains(#""phase":"ramping""#))
        #expect(try await program.send(.get, "/metrics").text.contains("attune_canary_share 0.5"))
        func ask(_ what: String) async throws -> ServedModelFixture.Reply {
          try await program.send(
            .post, "/admin/canary/\(what)", #"{"reason": "bad jokes"}"#, type: "application/json")
        }
        #expect(try await ask("promote").status == 409)
        #expect(try await ask("dance").status == 404)
        let back = try await ask("roll_back")
        #expect(back.status == 200 && back.text.contains("bad jokes"))
        #expect(back.text.contains(#""phase":"rolled_back""#))
      }
    }

    @Test("a session ends with the key that has opened it")
    func expiry() throws {
      let sessions = AdministrationSessions()
      let now = Date(timeIntervalSince1970: 1_800_000_000)
      var key = KeyRecord(name: "a", digest: SecretDigest(hashing: "a"), role: .admin)
      let lasting = sessions.open(by: key, now: now)
      key.expiry = now + 60
      let short = sessions.open(by: key, now: now)
      #expect(sessions.isOpen(short, now: now + 59) && !sessions.isOpen(short, now: now + 60))
      #expect(sessions.isOpen(lasting, now: now + 12 * 3600 - 1))
      #expect(!sessions.isOpen(lasting, now: now + 12 * 3600))
      sessions.close(lasting)
      #expect(!sessions.isOpen(lasting, now: now))
    }

    @Test("who guesses keys is told to wait")
    func guessing() async throws {
      try await run { _, stranger in
        for _ in 0..<10 {
          #expect(try await stranger.send(.post, "/sign-in", "key=x").status == 401)
        }
        let late = try await stranger.send(
          .post, "/sign-in", "key=\(ServedModelFixture.adminKey)")
        #expect(late.status == 429 && late.headers[.retryAfter] != nil)
      }
    }
  }
#endif

import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTesting
import NIOCore
import Testing
import WebSupport

@Suite("Answers to failures")
struct FailureResponsesTests {
  private struct Mishap: Error, CustomStringConvertible {
    let description = "password 'hunter2' of /etc/shadow"
  }

  private func answer(
    _ path: String, _ headers: HTTPFields = [:], method: HTTPRequest.Method = .get,
    log: RecordedLog = RecordedLog()
  ) async throws -> TestResponse {
    let router = RunningServer.router()
    router.get("well") { _, _ in "well" }
    router.get("gone") { _, _ -> String in
      throw WebFailure(.gone, code: "gone", "\"Gone\" <for good>.", headers: [.retryAfter: "never"])
    }
    router.get("mishap") { _, _ -> String in throw Mishap() }
    router.get("framework") { _, _ -> String in throw HTTPError(.conflict, message: "inner words") }
    router.get("broken") { _, _ -> String in throw HTTPError(.badGateway, message: "inner words") }
    return try await Application(router: router, logger: log.logger).test(.router) { client in
      try await client.execute(uri: path, method: method, headers: headers)
    }
  }

  private func text(_ response: TestResponse) -> String { String(buffer: response.body) }

  @Test("a failure is a page for people, with its status and its header")
  func page() async throws {
    for accept in [nil, "*/*", "text/html,application/xhtml+xml", "text/html, application/json"] {
      var headers: HTTPFields = [:]
      headers[.accept] = accept
      let response = try await answer("/gone", headers)
      #expect(response.status == .gone)
      #expect(text(response) == "page: \"Gone\" <for good>.")
      #expect(response.headers[.contentType] == "text/html; charset=utf-8")
      #expect(response.headers[.retryAfter] == "never")
    }
  }

  @Test("and JSON for programs that ask for it, or send it")
  func json() async throws {
    let cases: [HTTPFields] = [
      [.accept: "application/json"], [.accept: "Application/JSON;q=0.9, */*"],
      [.contentType: "application/json"],
      [.contentType: "application/json; charset=utf-8", .accept: "*/*"],
    ]
    for headers in cases {
      let response = try await answer("/gone", headers)
      #expect(response.status == .gone)
      #expect(text(response) == #"{"error": {"code": "gone", "message": "\"Gone\" <for good>."}}"#)
      #expect(response.headers[.contentType] == "application/json")
    }
  }

  @Test("what is not there is 404, also by the wrong method")
  func notFound() async throws {
    for response in [try await answer("/nothing"), try await answer("/gone", method: .delete)] {
      #expect(response.status == .notFound)
      #expect(text(response) == "page: There is nothing at this address.")
    }
  }

  @Test("a mistake of ours shows a number and nothing else; the log has the rest under that number")
  func mishap() async throws {
    let log = RecordedLog()
    let response = try await answer("/mishap?token=hidden", log: log)
    let name = try #require(HTTPField.Name("X-Request-Id"))
    let number = try #require(response.headers[name])
    #expect(response.status == .internalServerError)
    #expect(
      text(response)
        == "page: Something went wrong on the server. If it happens again, tell who runs it the number "
        + "\(number).")
    let line = try #require(log.lines.first { $0.contains("hunter2") })
    #expect(log.lines.count == 1)
    #expect(line.hasPrefix("error request failed error=password"))
    #expect(line.contains(number) && line.contains("request.path=/mishap"))
    #expect(!line.contains("hidden"))
  }

  @Test("errors of the framework keep their status, but not its words")
  func framework() async throws {
    let conflict = try await answer("/framework")
    #expect(conflict.status == .conflict)
    #expect(!text(conflict).contains("inner"))
    let broken = try await answer("/broken")
    #expect(broken.status == .internalServerError)
    #expect(!text(broken).contains("inner"))
  }

  @Test("every answer has a number, each another")
  func numbers() async throws {
    let name = try #require(HTTPField.Name("X-Request-Id"))
    let first = try await answer("/well").headers[name]
    let second = try await answer("/well").headers[name]
    #expect(first != nil && second != nil && first != second)
  }
}

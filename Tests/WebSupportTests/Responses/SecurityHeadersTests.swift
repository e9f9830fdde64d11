import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTesting
import Testing
import WebSupport

@Suite("What browsers are told")
struct SecurityHeadersTests {
  private func headers(_ path: String, proxy: ReverseProxy = .none) async throws -> [String: String]
  {
    let router = RunningServer.router(proxy: proxy)
    router.get("page") { _, _ in "page" }
    router.get("style.css") { _, _ in
      Response(
        status: .ok,
        headers: [.cacheControl: "public, max-age=3600", .contentSecurityPolicy: "default-src *"])
    }
    router.get("mishap") { _, _ -> String in throw CancelledRequest() }
    return try await Application(router: router).test(.router) { client in
      let response = try await client.execute(uri: path, method: .get)
      return Dictionary(
        response.headers.map { ($0.name.canonicalName, $0.value) },
        uniquingKeysWith: { "\($0), \($1)" })
    }
  }

  private struct CancelledRequest: Error {}

  @Test(
    "every answer has them, failures too",
    arguments: ["/page", "/style.css", "/nothing", "/mishap", "/..%2f"])
  func always(path: String) async throws {
    let headers = try await headers(path)
    #expect(
      headers["content-security-policy"]
        == "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
    #expect(headers["x-content-type-options"] == "nosniff")
    #expect(headers["referrer-policy"] == "no-referrer")
    #expect(headers["cross-origin-opener-policy"] == "same-origin")
    #expect(headers["cross-origin-resource-policy"] == "same-origin")
    #expect(headers["permissions-policy"]?.contains("camera=()") == true)
    #expect(headers["strict-transport-security"] == nil)
  }

  @Test("nothing is kept but what says so itself")
  func caching() async throws {
    #expect(try await headers("/page")["cache-control"] == "no-store")
    #expect(try await headers("/nothing")["cache-control"] == "no-store")
    #expect(try await headers("/style.css")["cache-control"] == "public, max-age=3600")
  }

  @Test("behind TLS, and only there, browsers are to come back with TLS")
  func transport() async throws {
    #expect(
      try await headers("/page", proxy: .tls)["strict-transport-security"] == "max-age=31536000")
    #expect(try await headers("/page", proxy: .plain)["strict-transport-security"] == nil)
  }
}

import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PreferenceData
import Studio
import WebSupport

/// The studio behind its routes, without a port and without a model, and a browser that uses it.
struct ServedStudio: Sendable {
  let client: any TestClientProtocol
  let script: ScriptedWorkshop.Script

  /// It takes a moment to make, and never changes.
  private static let school = PreferenceSchool(seed: 0)

  /// Serves a studio for as long as `body` runs.
  static func run(
    _ script: ScriptedWorkshop.Script = .init(), roots: [String] = [],
    _ body: @Sendable (ServedStudio) async throws -> Void
  ) async throws {
    let engine = await ScriptedWorkshop.engine(script)
    let service = StudioService(
      engine, catalog: RunCatalog(roots: roots), address: ListenAddress(port: 8770), seed: 0,
      school: school, version: "0.0.0")
    try await Application(router: service.router()).test(.router) { client in
      try await body(ServedStudio(client: client, script: script))
    }
    await engine.end()
  }

  /// A browser that has opened a page.
  func visitor(at path: String = "/") async throws -> StudioVisitor {
    var visitor = StudioVisitor(client: client)
    _ = try await visitor.get(path)
    return visitor
  }
}

/// A browser: it keeps its cookie, and the token that is on the last page.
struct StudioVisitor: Sendable {
  struct Reply {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let text: String

    /// The messages of an event stream: their names, and what they say.
    var messages: [(name: String, fields: JSONObject)] {
      text.components(separatedBy: "\n\n").compactMap { block in
        let lines = block.components(separatedBy: "\n")
        guard lines.count == 2, lines[0].hasPrefix("event: "), lines[1].hasPrefix("data: "),
          case .object(let fields)? = try? JSONValue.value(
            parsing: Array(lines[1].dropFirst(6).utf8))
        else { return nil }
        return (String(lines[0].dropFirst(7)), fields)
      }
    }

    /// What takes the place of a part of the page, as it was said last.
    func fragment(_ id: String) -> String? {
      messages.last { $0.name == "fragment" && $0.fields["id"] == .string(id) }
        .flatMap { message in
          if case .string(let html)? = message.fields["html"] { html } else { nil }
        }
    }
  }

  let client: any TestClientProtocol
  var cookie: String?
  var token = ""

  init(client: any TestClientProtocol) { self.client = client }

  mutating func get(_ path: String) async throws -> Reply {
    let reply = try await send(path, .get, [:], nil)
    if let start = reply.text.firstRange(of: "name=\"csrf-token\" content=\"") {
      token = String(reply.text[start.upperBound...].prefix { $0 != "\"" })
    }
    return reply
  }

  /// Sends a form as the script does.
  mutating func post(
    _ path: String, _ fields: KeyValuePairs<String, String> = [:]
  ) async throws -> Reply {
    let form = fields.map { "\(Self.encoded($0))=\(Self.encoded($1))" }.joined(separator: "&")
    return try await send(
      path, .post,
      [
        .contentType: "application/x-www-form-urlencoded",
        .accept: "text/event-stream, application/json",
        .init("X-CSRF-Token") ?? .accept: token,
      ], form)
  }

  mutating func send(
    _ path: String, _ method: HTTPRequest.Method, _ headers: HTTPFields, _ body: String?
  ) async throws -> Reply {
    var headers = headers
    if let cookie { headers[.cookie] = cookie }
    let reply = try await client.execute(
      uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
    ) { response in
      Reply(
        status: response.status, headers: response.headers, text: String(buffer: response.body))
    }
    if let setting = reply.headers[.setCookie] {
      cookie = setting.split(separator: ";").first.map(String.init)
    }
    return reply
  }

  static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      switch UnicodeScalar(byte) {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}

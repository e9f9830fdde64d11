import AnnotationServer
import AnnotationStore
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PreferenceData
import Testing
import WebSupport

/// A project behind its routes, without a port, and people who use it.
struct ServedProject: Sendable {
  let project: AnnotationProject
  let folder: String
  let client: any TestClientProtocol

  /// Serves a project of some tasks for as long as `body` runs.
  static func run(
    tasks: [NewTask] = (0..<3).map { Self.task($0) },
    _ change: (inout ProjectSettings) -> Void = { _ in },
    _ body: @Sendable (ServedProject) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(component: "attune-tests-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var settings = ProjectSettings(name: "practice")
    (settings.goldRate, settings.repeatRate) = (0, 0)
    settings.criteria = [Criterion(named: "helpfulness")]
    change(&settings)
    let project = try AnnotationProject(
      makingAt: "\(folder)/p.sqlite", settings: settings, guidelines: "# Be *fair*",
      now: Date())
    _ = try project.add(tasks, now: Date())
    // The least work that scrypt allows, so that a test is not about it.
    let cost = try #require(ScryptCost(roundsExponent: 10, blockSize: 8, parallelism: 1))
    let service = AnnotationService(
      project, address: ListenAddress(port: 8765), hasher: PasswordHasher(cost: cost),
      attempts: .seconds(86_400))
    let application = Application(router: service.router())
    try await application.test(.router) { client in
      try await body(ServedProject(project: project, folder: folder, client: client))
    }
  }

  static func task(_ number: Int) -> NewTask {
    var task = NewTask(
      prompt: .text("question \(number)"),
      responses: [
        .init(.text("first answer to \(number)"), model: "secret-model-a"),
        .init(.text("second answer to \(number)"), model: "secret-model-b"),
      ])
    task.name = "t\(number)"
    return task
  }

  /// Somebody who has joined.
  func person(_ name: String, _ role: Role = .annotator) async throws -> Visitor {
    let secret = try invitation(role)
    var visitor = Visitor(client: client)
    let reply = try await visitor.post(
      "/invitation/\(secret.text)", ["name": name, "password": "a long password"])
    #expect(reply.status == .seeOther)
    _ = try await visitor.get("/task")
    return visitor
  }

  func invitation(_ role: Role) throws -> Secret {
    var random = SystemRandomNumberGenerator()
    let secret = Secret(using: &random)
    try project.invite(
      role, digest: secret.digest.text, expiry: Date().addingTimeInterval(86_400), now: Date())
    return secret
  }
}

/// A browser: it keeps cookies, and the token that is in the forms of the last page.
struct Visitor: Sendable {
  struct Reply {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let text: String
  }

  let client: any TestClientProtocol
  var cookie: String?
  var token = ""
  /// The assignment on the last page.
  var assignment = ""

  init(client: any TestClientProtocol) { self.client = client }

  mutating func get(_ path: String) async throws -> Reply {
    let reply = try await send(path, .get, [:], nil)
    if let token = Self.value(of: "csrf_token", in: reply.text) { self.token = token }
    if let assignment = Self.value(of: "token", in: reply.text) { self.assignment = assignment }
    return reply
  }

  /// Sends a form, with the session's token.
  mutating func post(_ path: String, _ fields: KeyValuePairs<String, String>) async throws -> Reply
  {
    var form = fields.map { "\(Self.encoded($0))=\(Self.encoded($1))" }
    form.append("csrf_token=\(Self.encoded(token))")
    return try await send(
      path, .post, [.contentType: "application/x-www-form-urlencoded"], form.joined(separator: "&"))
  }

  mutating func send(
    _ path: String, _ method: HTTPRequest.Method, _ headers: HTTPFields, _ body: String?
  ) async throws -> Reply {
    var headers = headers
    if let cookie { headers[.cookie] = cookie }
    let reply = try await client.execute(
      uri: path, method: method, headers: headers,
      body: body.map { ByteBuffer(string: $0) }
    ) { response in
      Reply(
        status: response.status, headers: response.headers,
        text: String(buffer: response.body))
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

  static func value(of name: String, in html: String) -> String? {
    guard let start = html.firstRange(of: "name=\"\(name)\" value=\"") else { return nil }
    return String(html[start.upperBound...].prefix { $0 != "\"" })
  }
}

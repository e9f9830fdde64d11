internal import AnnotationStore
internal import Foundation
internal import Hummingbird
internal import PreferenceData
internal import WebSupport

/// The same as the pages, for programs: JSON in and out, under `/api`.
///
/// A program joins or signs in, keeps the cookie, and sends the token that it was given as `X-CSRF-Token` with every change.
extension AnnotationService {
  func addProgramInterface(to router: Router<WebContext>) {
    router.post("/api/join") { request, context in
      let fields = try await object(of: request)
      guard let secret = Secret(text: try fields.text("invitation")) else {
        throw WebFailure(AnnotationError.invitation)
      }
      return entered(
        try await join(
          secret, try fields.text("name"), try fields.text("password"), request, context),
        for: request)
    }
    router.post("/api/sign-in") { request, context in
      let fields = try await object(of: request)
      let viewer = try await signIn(
        try fields.text("name"), try fields.text("password"), request, context)
      guard let viewer else {
        throw WebFailure(
          .unauthorized, code: "password",
          "That name and that password do not belong together.")
      }
      return entered(viewer, for: request)
    }
    router.get("/api/task") { request, _ in
      let viewer = try await viewer(of: request)
      let reply = try await store { project in
        try project.nextAssignment(for: viewer.person, now: Date()).map {
          TaskReply($0, try project.settings())
        }
      }
      guard let reply else { return Response(status: .noContent) }
      return try Self.json(reply)
    }
    router.post("/api/answer") { request, _ in
      let viewer = try await viewer(of: request)
      try viewer.token.check(form: nil, headers: request.headers)
      let given: GivenAnswer = try await decoded(request)
      let outcome = try await give(given.answer, token: given.token, by: viewer)
      return try Self.json(
        AnswerReply(
          judgment: outcome.judgment, isRepeated: outcome.isRepeated,
          paused: outcome.pauseReason))
    }
    router.post("/api/skip") { request, _ in
      let viewer = try await viewer(of: request)
      try viewer.token.check(form: nil, headers: request.headers)
      let fields = try await object(of: request)
      let (token, reason) = (try fields.text("token"), try fields.text("reason"))
      try await store {
        try $0.skip(token: token, reason: reason, by: viewer.person, now: Date())
      }
      return Response(status: .noContent)
    }
    router.get("/api/progress") { request, _ in
      _ = try await viewer(of: request, atLeast: .administrator)
      return try Self.json(try await store { try $0.progress(now: Date()) })
    }
    router.get("/api/project") { request, _ in
      _ = try await viewer(of: request, atLeast: .administrator)
      return try Self.json(try await store { try $0.overview(now: Date()) })
    }
  }

  private func entered(_ viewer: Viewer, for request: Request) -> Response {
    var response = Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: .init(byteBuffer: ByteBuffer(string: "{\"csrf_token\": \"\(viewer.token.text)\"}\n")))
    response.headers[.setCookie] = cookie.setting(viewer.session)
    return response
  }

  private func object(of request: Request) async throws -> JSONObject {
    guard case .object(let fields) = try await bodies.json(of: request) else {
      throw WebFailure.badRequest("json", "The body must be a JSON object.")
    }
    return fields
  }

  private func decoded<Value: Decodable>(_ request: Request) async throws -> Value {
    // Checked first for depth and form, by a reader that knows limits.
    let value = try await bodies.json(of: request)
    guard let text = value.text else {
      throw WebFailure.badRequest("json", "A number in the body is too large.")
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      return try decoder.decode(Value.self, from: Data(text.utf8))
    } catch let error as DecodingError {
      throw WebFailure.badRequest("json", "The body does not fit: \(error.place).")
    }
  }

  static func json(_ value: some Encodable) throws -> Response {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    var bytes = try encoder.encode(value)
    bytes.append(UInt8(ascii: "\n"))
    return Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}

/// A task for a program.
private struct TaskReply: Encodable {
  let token: String
  let task: Int64
  let prompt: TextOrMessages
  let responses: [TextOrMessages]
  let criteria: [Criterion]
  let strengths: Int
  let ratingScale: Int
  let reason: ProjectSettings.ReasonRule
  let expiresAt: Date
  let draft: Draft?

  init(_ assignment: Assignment, _ settings: ProjectSettings) {
    (token, task) = (assignment.token, assignment.task)
    prompt = TextOrMessages(passage: assignment.prompt)
    responses = assignment.responses.map(TextOrMessages.init)
    (criteria, strengths) = (settings.criteria, settings.strengths)
    (ratingScale, reason) = (settings.ratingScale, settings.reason)
    (expiresAt, draft) = (assignment.expiresAt, assignment.draft)
  }
}

/// A passage as records have it: a text, or a list of messages.
private struct TextOrMessages: Encodable {
  let passage: Passage

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch passage {
    case .text(let text): try container.encode(text)
    case .messages(let messages):
      try container.encode(messages.map { ["role": $0.role, "content": $0.content] })
    }
  }
}

private struct GivenAnswer: Decodable {
  let token: String
  let answer: Draft
}

private struct AnswerReply: Encodable {
  let judgment: Int64
  let isRepeated: Bool
  let paused: String?
}

extension JSONObject {
  fileprivate func text(_ name: String) throws -> String {
    guard case .string(let text) = self[name] else {
      throw WebFailure.badRequest("json", "The body needs the text '\(name)'.")
    }
    return text
  }
}

extension DecodingError {
  /// Which member is wrong.
  fileprivate var place: String {
    switch self {
    case .keyNotFound(let key, _): "'\(key.stringValue)' is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      "'\(context.codingPath.map(\.stringValue).joined(separator: "."))' is of another kind"
    @unknown default: "it cannot be read"
    }
  }
}

internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
public import PreferenceData

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Somebody who works on a served annotation project by its interface for programs.
///
/// A request that the server has not answered, because it was killed or cannot be reached, is sent again: an answer that is
/// sent twice counts once.
public struct AnnotationClient: Sendable {
  /// A task that was handed out.
  public struct Task: Sendable, Hashable {
    /// Says which handing-out of the task an answer belongs to.
    public let token: String
    /// The number of the task.
    public let number: Int
    /// What the responses answer.
    public let prompt: JSONValue
    /// The responses in the order in which they are shown.
    public let responses: [JSONValue]
    /// The degrees of preference.
    public let strengths: Int
  }

  /// What came of an answer.
  public struct Receipt: Sendable, Hashable {
    /// The number of the judgment.
    public let judgment: Int
    /// Why the annotator may not go on; `nil` for one who may.
    public let paused: String?
  }

  private let address: String
  private let patience: Duration
  private var cookie = ""
  private var token = ""

  /// A client that nobody knows yet.
  ///
  /// - Parameters:
  ///   - address: Of the server, such as `http://127.0.0.1:8765`.
  ///   - patience: For how long a request is sent again.
  public init(address: String, patience: Duration = .seconds(60)) {
    self.address = address.hasSuffix("/") ? String(address.dropLast()) : address
    self.patience = patience
  }

  /// Makes an account with an invitation.
  ///
  /// - Parameters:
  ///   - invitation: The secret at the end of its link.
  ///   - name: What to be called.
  ///   - password: With which to sign in later.
  /// - Throws: ``EndpointError``.
  public mutating func join(
    invitation: String, name: String, password: String
  ) async throws {
    do {
      try await enter(
        "join",
        [
          "invitation": .string(invitation), "name": .string(name),
          "password": .string(password),
        ])
    } catch EndpointError.status(_, let code, _, let attempts)
      where attempts > 1 && (code == 409 || code == 410)
    {
      // The server took the invitation, and was killed before it could say so.
      try await signIn(name: name, password: password)
    }
  }

  /// Signs in.
  ///
  /// - Parameters:
  ///   - name: Who it is.
  ///   - password: The password.
  /// - Throws: ``EndpointError``.
  public mutating func signIn(name: String, password: String) async throws {
    try await enter("sign-in", ["name": .string(name), "password": .string(password)])
  }

  private mutating func enter(_ path: String, _ body: JSONObject) async throws {
    let (reply, cookies) = try await send("POST", path, body)
    guard case .object(let fields) = reply, case .string(let token) = fields["csrf_token"],
      let cookie = cookies.first?.split(separator: ";").first
    else { throw malformed(reply) }
    (self.cookie, self.token) = (String(cookie), token)
  }

  /// The next task; `nil` where there is none.
  ///
  /// - Throws: ``EndpointError``.
  public func nextTask() async throws -> Task? {
    let (reply, _) = try await send("GET", "task", nil)
    guard let reply else { return nil }
    guard case .object(let fields) = reply, case .string(let token) = fields["token"],
      case .number(let number) = fields["task"], let prompt = fields["prompt"],
      case .array(let responses) = fields["responses"],
      case .number(let strengths) = fields["strengths"]
    else { throw malformed(reply) }
    return Task(
      token: token, number: Int(number), prompt: prompt, responses: responses,
      strengths: Int(strengths))
  }

  /// Gives an answer.
  ///
  /// - Parameters:
  ///   - answer: `verdict` and whatever else was said, by the order in which the responses were shown.
  ///   - task: What it is about.
  /// - Returns: What came of it.
  /// - Throws: ``EndpointError``.
  public func give(_ answer: JSONObject, to task: Task) async throws -> Receipt {
    let (reply, _) = try await send(
      "POST", "answer", ["token": .string(task.token), "answer": .object(answer)])
    guard case .object(let fields) = reply, case .number(let judgment) = fields["judgment"] else {
      throw malformed(reply)
    }
    var paused: String?
    if case .string(let reason) = fields["paused"] { paused = reason }
    return Receipt(judgment: Int(judgment), paused: paused)
  }

  /// Sends a request until it is answered.
  private func send(
    _ method: String, _ path: String, _ body: JSONObject?
  ) async throws -> (JSONValue?, [String]) {
    let deadline = ContinuousClock.now + patience
    let policy = RetryPolicy(
      attempts: .max, firstWait: .milliseconds(20), longestWait: .seconds(1))
    var attempts = 1
    while true {
      do {
        return try await exchange(method, path, body, attempts)
      } catch let error as EndpointError {
        guard error.isPassing, let wait = policy.wait(after: attempts, asked: nil),
          ContinuousClock.now + wait < deadline
        else { throw error }
        try await policy.sleep(wait)
      }
      attempts += 1
    }
  }

  private func exchange(
    _ method: String, _ path: String, _ body: JSONObject?, _ attempts: Int
  ) async throws -> (JSONValue?, [String]) {
    var request = HTTPClientRequest(url: "\(address)/api/\(path)")
    request.method = HTTPMethod(rawValue: method)
    request.headers.add(name: "Accept", value: "application/json")
    if !cookie.isEmpty { request.headers.add(name: "Cookie", value: cookie) }
    if let body {
      guard let text = JSONValue.object(body).text else {
        preconditionFailure("a body has a number that is not finite")
      }
      request.headers.add(name: "Content-Type", value: "application/json")
      if !token.isEmpty { request.headers.add(name: "X-CSRF-Token", value: token) }
      request.body = .bytes(Array(text.utf8))
    }
    let response: HTTPClientResponse
    let bytes: [UInt8]
    do {
      response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
      bytes = Array(try await response.body.collect(upTo: 1 << 22).readableBytesView)
    } catch let error as CancellationError {
      throw error
    } catch {
      throw EndpointError.unreachable(
        address: address, reason: "\(error)", attempts: attempts)
    }
    guard (200..<300).contains(response.status.code) else {
      throw EndpointError.status(
        address: "\(address)/api/\(path)", code: Int(response.status.code),
        body: String(decoding: bytes.prefix(1000), as: UTF8.self), attempts: attempts)
    }
    let value = bytes.isEmpty ? nil : JSONValue(parsing: bytes)
    return (value, response.headers[canonicalForm: "Set-Cookie"].map(String.init))
  }

  private func malformed(_ reply: JSONValue?) -> EndpointError {
    .wrongAnswer(
      address: address, body: reply?.text ?? "", allowed: "as an annotation project does")
  }
}

extension EndpointError {
  /// Whether the same request may succeed at another time.
  fileprivate var isPassing: Bool {
    switch self {
    case .unreachable, .timedOut: true
    case .status(_, let code, _, _): code == 429 || code >= 500
    default: false
    }
  }
}

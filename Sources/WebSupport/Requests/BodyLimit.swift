internal import HTTPTypes
public import HummingbirdCore
internal import NIOCore
public import PreferenceData

/// How much of a body is read, and for how long.
///
/// Once a body is refused the rest of it is not read, and the connection ends after the answer:
/// somebody who sends without end is not listened to without end.
public struct BodyLimit: Sendable {
  /// The most bytes.
  public let bytes: Int
  /// The time from the start to the last byte.
  public let time: Duration

  /// A limit.
  ///
  /// - Parameters:
  ///   - bytes: The most bytes.
  ///   - time: The time from the start to the last byte.
  public init(bytes: Int = 1 << 20, time: Duration = .seconds(20)) {
    self.bytes = bytes
    self.time = time
  }

  /// Reads a whole body.
  ///
  /// - Parameter request: The request, of whose body nothing was read.
  /// - Returns: The bytes.
  /// - Throws: ``WebFailure``: 413 beyond the limit, whatever `Content-Length` says; 408 beyond the
  ///   time; 400 if it is not as long as `Content-Length` says.
  public func body(of request: Request) async throws -> [UInt8] {
    let declared = request.headers[.contentLength].flatMap { Int($0) }
    let received = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      group.addTask { try await collect(request.body, declared: declared) }
      group.addTask {
        try await Task.sleep(for: time)
        throw tooSlow
      }
      defer { group.cancelAll() }
      guard let body = try await group.next() else { preconditionFailure("no child task ended") }
      return body
    }
    // Where it is cut off, Hummingbird may end the body as if it were whole.
    guard declared == nil || declared == received.count else {
      throw WebFailure.badRequest(
        "cut_short",
        "\(received.count) bytes came of the \(declared ?? 0) that the request announces.")
    }
    return received
  }

  /// Reads a form.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - limits: What is taken at most of its fields.
  /// - Returns: Its fields.
  /// - Throws: ``WebFailure``: 415 for another type, 400 for what is no form, 413 and 408 beyond
  ///   limits.
  public func form(
    of request: Request, limits: FormFields.Limits = FormFields.Limits()
  ) async throws -> FormFields {
    try ContentType.form.check(request.headers)
    return try FormFields(parsing: try await body(of: request), limits: limits)
  }

  /// Reads JSON.
  ///
  /// - Parameter request: The request.
  /// - Returns: The value; no key is in an object twice.
  /// - Throws: ``WebFailure``: 415 for another type, 400 for what is no JSON, 413 and 408 beyond
  ///   limits.
  public func json(of request: Request) async throws -> JSONValue {
    try ContentType.json.check(request.headers)
    let bytes = try await body(of: request)
    do {
      return try JSONValue.value(parsing: bytes)
    } catch {
      throw WebFailure.badRequest("json", "The body is no JSON: \(error).")
    }
  }

  private func collect(_ body: RequestBody, declared: Int?) async throws -> [UInt8] {
    var iterator = body.makeAsyncIterator()
    var collected: [UInt8] = []
    while declared ?? 0 <= bytes {
      guard let part = try await iterator.next() else {
        try Task.checkCancellation()
        return collected
      }
      guard part.readableBytes <= bytes - collected.count else { break }
      collected += part.readableBytesView
    }
    // The iterator ends the stream when the task that waits on it is cancelled, and in no other way.
    withUnsafeCurrentTask { $0?.cancel() }
    _ = try? await iterator.next()
    throw WebFailure(
      .contentTooLarge, code: "too_large",
      "The request has more than \(bytes) bytes, which is the limit.",
      headers: [.connection: "close"])
  }

  private var tooSlow: WebFailure {
    WebFailure(
      .requestTimeout, code: "too_slow",
      "The request did not come within \(time.words). Try again.",
      headers: [.connection: "close"])
  }
}

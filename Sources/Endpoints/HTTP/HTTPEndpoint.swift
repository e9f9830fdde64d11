internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
public import PreferenceData

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A server that is sent JSON and answers in JSON.
///
///     let endpoint = try HTTPEndpoint(address: "https://judge.example/score", bearerToken: token)
///     let answer = try await endpoint.post(["prompt": .string("Hi")])
///
/// A request that meets status 429 or 5xx, a broken connection or its time limit is sent again as the
/// policy says, so what the server does must bear being done twice. The token goes into the request
/// and nowhere else.
public struct HTTPEndpoint: Sendable {
  /// The address as it may be shown: without the query, which may hold secrets.
  public let shownAddress: String
  private let address: String
  private let bearerToken: String?
  private let limit: Duration
  private let retries: RetryPolicy

  private static let longestAnswer = 1 << 26

  /// One for the whole process, which is never shut down. Connections are tried again by the policy
  /// alone, and redirections are not followed: they could take rows and token elsewhere.
  private static let client: HTTPClient = {
    var configuration = HTTPClient.Configuration.singletonConfiguration
    configuration.connectionPool.retryConnectionEstablishment = false
    // How many requests are under way is for callers to say: one that waits for a connection of the pool
    // would spend its time limit there.
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1024
    configuration.redirectConfiguration = .disallow
    return HTTPClient(configuration: configuration)
  }()

  /// An endpoint that was not asked yet.
  ///
  /// - Parameters:
  ///   - address: `http` or `https`, without credentials.
  ///   - bearerToken: What is sent as `Authorization: Bearer …`.
  ///   - limit: How long an attempt may take, to the last byte of its answer.
  ///   - retries: How often a request is sent again.
  /// - Throws: ``EndpointError/badAddress(reason:)``.
  public init(
    address: String, bearerToken: String? = nil, limit: Duration = .seconds(60),
    retries: RetryPolicy = RetryPolicy()
  ) throws(EndpointError) {
    guard var parts = URLComponents(string: address),
      let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme),
      parts.host?.isEmpty == false
    else {
      throw .badAddress(reason: "must have the form https://host/path")
    }
    guard parts.user == nil, parts.password == nil else {
      throw .badAddress(
        reason: "must not hold a user or password, which would get into logs; give a token instead")
    }
    guard bearerToken?.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) ?? true else {
      throw .badAddress(
        reason:
          "comes with a token that has a blank, a line break or a character that is not ASCII; "
          + "give the token alone")
    }
    self.address = address
    self.bearerToken = bearerToken
    self.limit = limit
    self.retries = retries
    parts.query = nil
    parts.fragment = nil
    shownAddress = (parts.string ?? "\(scheme)://…").oneLine(limit: 200)
  }

  /// Sends JSON.
  ///
  /// - Parameter body: What is sent; its numbers are finite.
  /// - Returns: What the server answered.
  /// - Throws: ``EndpointError``, or `CancellationError`.
  public func post(_ body: JSONObject) async throws -> JSONValue {
    guard let text = JSONValue.object(body).text else {
      preconditionFailure("a body has a number that is not finite")
    }
    var failures = 0
    while true {
      let outcome = await attempt(Array(text.utf8), number: failures + 1)
      try Task.checkCancellation()
      switch outcome {
      case .answer(let bytes):
        guard let value = JSONValue(parsing: bytes) else {
          throw EndpointError.notJSON(
            address: shownAddress, body: String(decoding: bytes.prefix(1000), as: UTF8.self))
        }
        return value
      case .final(let error): throw error
      case .passing(let error, let asked):
        failures += 1
        guard let wait = retries.wait(after: failures, asked: asked) else { throw error }
        try await retries.sleep(wait)
      }
    }
  }

  /// What came of an attempt.
  private enum Outcome: Sendable {
    case answer([UInt8])
    case final(EndpointError)
    /// May succeed at another time, the one that the server asks for if it does.
    case passing(EndpointError, after: Duration?)
  }

  private func attempt(_ body: [UInt8], number: Int) async -> Outcome {
    await withTaskGroup(of: Outcome?.self) { group in
      group.addTask { await exchange(body, number: number) }
      group.addTask {
        try? await Task.sleep(for: limit)
        return nil
      }
      defer { group.cancelAll() }
      let first = await group.next() ?? nil
      return first
        ?? .passing(
          .timedOut(address: shownAddress, limit: limit, attempts: number), after: nil)
    }
  }

  private func exchange(_ body: [UInt8], number: Int) async -> Outcome {
    var request = HTTPClientRequest(url: address)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/json")
    request.headers.add(name: "Accept", value: "application/json")
    if let bearerToken {
      request.headers.add(name: "Authorization", value: "Bearer \(bearerToken)")
    }
    request.body = .bytes(body)
    do {
      let response = try await Self.client.execute(request, deadline: .distantFuture)
      let answer = try await response.body.collect(upTo: Self.longestAnswer)
      let bytes = Array(answer.readableBytesView)
      if (200..<300).contains(response.status.code) { return .answer(bytes) }
      let error = EndpointError.status(
        address: shownAddress, code: Int(response.status.code),
        body: JSONValue(parsing: bytes)?.complaint
          ?? String(decoding: bytes.prefix(1000), as: UTF8.self), attempts: number)
      guard response.status.code == 429 || response.status.code >= 500 else { return .final(error) }
      let asked = response.headers.first(name: "Retry-After").flatMap { UInt32($0) }
      return .passing(error, after: asked.map { .seconds($0) })
    } catch is NIOTooManyBytesError {
      return .final(.tooLong(address: shownAddress, limit: Self.longestAnswer))
    } catch {
      return .passing(
        .unreachable(address: shownAddress, reason: "\(error)", attempts: number), after: nil)
    }
  }
}

internal import Foundation
internal import Hummingbird
internal import Synchronization
internal import WebSupport

/// Lets administrators in: programs by their key, browsers by a session that a key has opened.
struct AdministrationGate: RouterMiddleware {
  typealias Context = ModelContext

  let keys: KeyRing
  let sessions: AdministrationSessions
  /// Paths that are open to all.
  let open: Set<String>

  func handle(
    _ request: Request, context: ModelContext,
    next: @concurrent (Request, ModelContext) async throws -> Response
  ) async throws -> Response {
    if open.contains(request.uri.path) { return try await next(request, context) }
    var context = context
    if let secret = sessions.session(of: request, now: Date()) {
      context.session = secret
    } else if request.headers[.authorization] == nil, request.method == .get,
      request.headers[.accept]?.contains("text/html") ?? false
    {
      return .redirect(to: EntrancePage.path, type: .normal)
    } else {
      context.key = try keys.authenticate(request.headers, now: Date())
    }
    return try await next(request, context)
  }
}

/// The browsers that are let in.
final class AdministrationSessions: Sendable {
  let cookie: SessionCookie
  private let ends = Mutex<[String: Date]>([:])

  /// A working day.
  private static let seconds = 12 * 3600

  /// Nobody is let in yet.
  init() {
    cookie = SessionCookie(
      name: "attune_administration", lifetime: Self.seconds, proxy: .none)
  }

  /// Opens a session, which does not outlive the key that opens it.
  func open(by key: KeyRecord, now: Date) -> Secret {
    var random = SystemRandomNumberGenerator()
    let secret = Secret(using: &random)
    ends.withLock { ends in
      ends = ends.filter { $0.value > now }
      ends[secret.digest.text] = min(
        now.addingTimeInterval(Double(Self.seconds)), key.expiry ?? .distantFuture)
    }
    return secret
  }

  /// The session that a request belongs to.
  func session(of request: Request, now: Date) -> Secret? {
    cookie.secret(in: request.headers).flatMap { isOpen($0, now: now) ? $0 : nil }
  }

  /// Whether a session has been opened and has not ended.
  func isOpen(_ secret: Secret, now: Date) -> Bool {
    ends.withLock { $0[secret.digest.text] }.map { $0 > now } ?? false
  }

  /// Ends a session.
  func close(_ secret: Secret) { ends.withLock { $0[secret.digest.text] = nil } }
}

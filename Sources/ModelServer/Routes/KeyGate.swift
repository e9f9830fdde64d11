internal import Foundation
internal import Hummingbird

/// Lets nobody in without a key, whatever the address; the few that are open to all are named.
struct KeyGate: RouterMiddleware {
  typealias Context = ModelContext

  let keys: KeyRing
  /// Paths for which no key is needed.
  let open: Set<String>

  func handle(
    _ request: Request, context: ModelContext,
    next: @concurrent (Request, ModelContext) async throws -> Response
  ) async throws -> Response {
    if open.contains(request.uri.path) { return try await next(request, context) }
    var context = context
    context.key = try keys.authenticate(request.headers, now: Date())
    return try await next(request, context)
  }
}

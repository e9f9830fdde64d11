internal import Foundation
internal import Hummingbird
internal import Monitoring
internal import PreferenceData
internal import WebSupport

/// The canary, for programs: how it stands, and what is asked of it.
extension AdministrationService {
  func addCanary(to router: Router<ModelContext>) {
    router.get("/admin/canary") { _, _ in try snapshot() }
    router.post("/admin/canary/:command") { request, context in
      // Programs show a key with each request; a browser's cookie alone is not enough.
      if let session = context.session {
        try CSRFToken(session: session).check(form: nil, headers: request.headers)
      }
      guard let desk = service.desk else { throw RequestProblem.noCanary }
      let body = try await service.object(of: request)
      var reason = "asked for by an administrator"
      if case .string(let text) = body["reason"], !text.isEmpty {
        reason = String(text.prefix(500))
      }
      let word = context.parameters.get("command") ?? ""
      guard let kind = CanaryCommand.Kind(rawValue: word) else { throw RequestProblem.notFound }
      let command = CanaryCommand(kind, because: reason)
      do {
        try await ModelService.waiting { _ = try desk.carryOut(command, at: Date()) }
      } catch let error as CanaryError {
        throw RequestProblem(.conflict, .invalidRequest, "\(error).", code: "canary_phase")
      }
      return try snapshot()
    }
  }

  private func snapshot() throws -> Response {
    guard let desk = service.desk else { throw RequestProblem.noCanary }
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return ModelService.json(
      String(decoding: try encoder.encode(desk.snapshot(at: Date())), as: UTF8.self))
  }
}

extension RequestProblem {
  /// No model is on trial.
  static let noCanary = RequestProblem(
    .notFound, .notFound, "There is no canary here. The server is started with one (--canary).",
    code: "no_canary")
}

internal import Foundation
internal import Hummingbird
internal import Monitoring
internal import NIOCore
internal import Synchronization
internal import WebSupport

/// The dashboard, for browsers.
extension AdministrationService {
  /// How often an open dashboard is renewed.
  private static let interval = Duration.seconds(2)

  func addPages(to router: Router<ModelContext>) {
    addEntrance(to: router)
    router.get("/") { _, context in
      Response.page(
        DashboardPage(watch.snapshot(at: Date()), token: try token(of: context)).rendered())
    }
    router.get(RouterPath(AdminAssets.eventsPath)) { _, context in
      let session = context.session
      return Response.eventStream { writer in
        while !service.state.isDraining.load(ordering: .relaxed),
          session.map({ sessions.isOpen($0, now: Date()) }) ?? true
        {
          let message = ServerSentEvent(DashboardPage.message(watch.snapshot(at: Date())))
          try await writer.write(ByteBuffer(string: message.text))
          try await Task.sleep(for: Self.interval)
        }
      }
    }
    for kind in CanaryCommand.Kind.allCases {
      router.post(RouterPath(DashboardPage.path(of: kind))) { request, context in
        try await command(kind, request, context)
      }
    }
  }

  private func addEntrance(to router: Router<ModelContext>) {
    router.get(RouterPath(EntrancePage.path)) { _, _ in Response.page(EntrancePage().rendered()) }
    router.post(RouterPath(EntrancePage.path)) { request, context in
      try entrance.check(RemoteAddress(of: request, context, proxy: .none).network)
      let form = try await bodies.form(of: request)
      let record = keys.record(presenting: try form.one(EntrancePage.keyField))
      guard let record, record.expiry.map({ $0 > Date() }) ?? true else {
        return Response.page(
          EntrancePage(problem: "That is not the key of an administrator.").rendered(),
          status: .unauthorized)
      }
      var response = Response.redirect(to: "/", type: .normal)
      response.headers[.setCookie] = sessions.cookie.setting(sessions.open(by: record, now: Date()))
      return response
    }
    router.post("/sign-out") { request, context in
      let form = try await bodies.form(of: request)
      try token(of: context).check(form: form, headers: request.headers)
      if let session = context.session { sessions.close(session) }
      var response = Response.redirect(to: EntrancePage.path, type: .normal)
      response.headers[.setCookie] = sessions.cookie.removal
      return response
    }
    router.addAssets(
      PageAsset(AdminAssets.stylePath, .style, AdminAssets.style),
      PageAsset(AdminAssets.scriptPath, .script, AdminAssets.script))
  }

  /// Does what a form of the dashboard asks of the canary.
  private func command(
    _ kind: CanaryCommand.Kind, _ request: Request, _ context: ModelContext
  ) async throws -> Response {
    let form = try await bodies.form(of: request)
    let token = try token(of: context)
    try token.check(form: form, headers: request.headers)
    guard let desk = service.desk else { throw RequestProblem.noCanary }
    let reason = (try form.optional(DashboardPage.reasonField) ?? "").prefix(500)
    var notice: String?
    if try form.optional(DashboardPage.sureField) != "yes" {
      notice = "Nothing was done: say that you are sure."
    } else if kind.needsReason, reason.allSatisfy(\.isWhitespace) {
      notice = "Nothing was done: give a reason, which the log will keep."
    } else {
      do {
        let command = CanaryCommand(kind, because: String(reason))
        try await ModelService.waiting { _ = try desk.carryOut(command, at: Date()) }
      } catch let error as CanaryError {
        notice = "\(error)."
      }
    }
    guard let notice else { return .redirect(to: "/", type: .normal) }
    return Response.page(
      DashboardPage(watch.snapshot(at: Date()), token: token, notice: notice).rendered(),
      status: .conflict)
  }

  /// The token of a browser's session: programs have other routes.
  private func token(of context: ModelContext) throws -> CSRFToken {
    guard let session = context.session else { throw RequestProblem.notFound }
    return CSRFToken(session: session)
  }
}

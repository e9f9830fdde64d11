internal import AnnotationStore
internal import Foundation
internal import Hummingbird
internal import WebSupport

extension AnnotationService {
  func addEntrance(to router: Router<WebContext>) {
    router.get("/") { request, _ in
      guard let viewer = try? await viewer(of: request) else { return Self.seeOther("/sign-in") }
      return Self.seeOther(viewer.person.role == .administrator ? "/admin" : "/task")
    }
    router.get("/sign-in") { _, _ in Response.page(EntrancePages.signIn()) }
    router.post("/sign-in") { request, context in
      let form = try await bodies.form(of: request)
      let (name, password) = (try form.one("name"), try form.one("password"))
      guard let viewer = try await signIn(name, password, request, context) else {
        return Response.page(
          EntrancePages.signIn(
            name: name, problem: "That name and that password do not belong together."),
          status: .unauthorized)
      }
      return entered(viewer)
    }
    router.post("/sign-out") { request, _ in
      let (viewer, _) = try await change(request)
      try await store { try $0.endSession(digest: viewer.session.digest.text, now: Date()) }
      var response = Self.seeOther("/sign-in")
      response.headers[.setCookie] = cookie.removal
      return response
    }
    router.get("/invitation/:secret") { _, context in
      let secret = try Self.invitation(context)
      let role = try await store { try $0.invitedRole(digest: secret.digest.text, now: Date()) }
      return Response.page(EntrancePages.invitation(secret, role: role))
    }
    router.post("/invitation/:secret") { request, context in
      let secret = try Self.invitation(context)
      let form = try await bodies.form(of: request)
      let (name, password) = (try form.one("name"), try form.one("password"))
      do {
        return entered(try await join(secret, name, password, request, context))
      } catch let failure as WebFailure where failure.status != .tooManyRequests {
        let role = try await store {
          try $0.invitedRole(digest: secret.digest.text, now: Date())
        }
        return Response.page(
          EntrancePages.invitation(secret, role: role, name: name, problem: failure.message),
          status: failure.status)
      }
    }
  }

  private static func invitation(_ context: WebContext) throws -> Secret {
    guard let secret = try Secret(text: context.parameters.require("secret")) else {
      throw WebFailure(AnnotationError.invitation)
    }
    return secret
  }

  private func entered(_ viewer: Viewer) -> Response {
    var response = Self.seeOther("/")
    response.headers[.setCookie] = cookie.setting(viewer.session)
    return response
  }

  /// Lets somebody in who has the right password; `nil` for somebody who has not.
  func signIn(
    _ name: String, _ password: String, _ request: Request, _ context: WebContext
  ) async throws -> Viewer? {
    let network = network(of: request, context)
    try entrance.check("from \(network)")
    try entrance.check("as \(name.lowercased().prefix(100))")
    let found = try await store { project in
      try project.credentials(of: name).map { ($0.person, $0.passwordHash) }
    }
    // Without such a person the same work is done, so that the time does not tell who is here.
    guard try await hasher.matches(password, found.flatMap { PasswordHash(text: $0.1) }),
      let person = found?.0
    else {
      try await store { try $0.noteRefusedSignIn(name: name, now: Date()) }
      return nil
    }
    entrance.giveBack("from \(network)")
    entrance.giveBack("as \(name.lowercased().prefix(100))")
    return try await begin(person)
  }

  /// Makes an account with an invitation, and lets its owner in.
  func join(
    _ secret: Secret, _ name: String, _ password: String, _ request: Request,
    _ context: WebContext
  ) async throws -> Viewer {
    // Before the work of hashing, so that nobody without an invitation causes it.
    let digest = secret.digest.text
    _ = try await store { try $0.invitedRole(digest: digest, now: Date()) }
    do {
      try PasswordRule.check(password, name: name)
    } catch {
      throw WebFailure(.unprocessableContent, code: "password", "\(error)")
    }
    let hash = try await hasher.hash(password).text
    let person = try await store {
      try $0.redeemInvitation(digest: digest, name: name, passwordHash: hash, now: Date())
    }
    return try await begin(person)
  }

  private func begin(_ person: Person) async throws -> Viewer {
    var random = SystemRandomNumberGenerator()
    let session = Secret(using: &random)
    let now = Date()
    try await store {
      try $0.beginSession(
        of: person, digest: session.digest.text,
        expiry: now.addingTimeInterval(Double(Self.sessionSeconds)), now: now)
    }
    return Viewer(person: person, session: session)
  }

  private func network(of request: Request, _ context: WebContext) -> String {
    RemoteAddress(peer: context.remoteAddress, headers: request.headers, proxy: proxy).network
      .description
  }
}

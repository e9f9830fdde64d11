public import AnnotationStore
internal import Foundation
public import Hummingbird
internal import NIOPosix
public import WebSupport

/// The pages of an annotation project, and the same for programs.
///
/// Everything but the entrance, the style sheet and the script needs a session. Every change needs the session's token, and
/// comes from the same site. What SQLite does is done on threads of its own, so that no request holds up others.
public struct AnnotationService: Sendable {
  let project: AnnotationProject
  let address: ListenAddress
  let proxy: ReverseProxy
  let cookie: SessionCookie
  let hasher: PasswordHasher
  let bodies = BodyLimit(bytes: 1 << 17)
  /// Attempts to get in, by network and by name.
  let entrance: RateLimiter<String>
  /// Requests of one person: sixty at once, then ten a second.
  let work = RateLimiter<Int64>(burst: 60, interval: .milliseconds(100))

  /// A service.
  ///
  /// - Parameters:
  ///   - project: The project.
  ///   - address: Where the server will listen.
  ///   - proxy: What stands in front of it.
  ///   - hasher: How passwords are hashed.
  ///   - attempts: How long until one more attempt to sign in is allowed, after ten at once.
  public init(
    _ project: AnnotationProject, address: ListenAddress, proxy: ReverseProxy = .none,
    hasher: PasswordHasher = PasswordHasher(), attempts: Duration = .seconds(6)
  ) {
    self.project = project
    self.address = address
    self.proxy = proxy
    self.hasher = hasher
    entrance = RateLimiter(burst: 10, interval: attempts)
    cookie = SessionCookie(
      name: "attune_annotation", lifetime: Self.sessionSeconds, proxy: proxy)
  }

  /// A session ends after twelve hours, a working day.
  static let sessionSeconds = 12 * 3600

  /// All routes.
  public func router() -> Router<WebContext> {
    let router = Router(context: WebContext.self)
    router.addProtections(
      address: address, proxy: proxy, page: { EntrancePages.failure($0) })
    addEntrance(to: router)
    addTasks(to: router)
    addReviews(to: router)
    addAdministration(to: router)
    addProgramInterface(to: router)
    addAssets(to: router)
    return router
  }

  /// Serves the pages until it is asked to stop.
  ///
  /// - Parameters:
  ///   - server: What listens.
  ///   - stop: Returns when the server is to stop.
  ///   - listening: Told where the server listens, once it does.
  /// - Returns: How it ended.
  /// - Throws: `ListenError`.
  public func serve(
    by server: WebServer, until stop: @escaping @Sendable () async -> Void,
    listening: @escaping @Sendable (ListenAddress) -> Void
  ) async throws -> WebServer.Ending {
    try await server.run(router().buildResponder(), until: stop, listening: listening)
  }

  /// Does something with the project on a thread that may wait, and turns what the project refuses into an answer.
  func store<Value: Sendable>(
    _ body: @escaping @Sendable (AnnotationProject) throws -> Value
  ) async throws -> Value {
    do {
      return try await NIOThreadPool.singleton.runIfActive { [project] in try body(project) }
    } catch let error as AnnotationError {
      throw WebFailure(error)
    }
  }

  /// Who sends a request.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - role: What the person must be allowed to do.
  /// - Returns: The person, with the session.
  /// - Throws: `WebFailure` for nobody, for somebody who may not, and for too many requests.
  func viewer(of request: Request, atLeast role: Role = .annotator) async throws -> Viewer {
    guard let secret = cookie.secret(in: request.headers),
      let person = try await store({
        try $0.person(ofSession: secret.digest.text, now: Date())
      })
    else {
      throw WebFailure(.unauthorized, code: "signed_out", "You are not signed in.")
    }
    try work.check(person.id)
    guard person.role >= role else {
      throw WebFailure(
        .forbidden, code: "role",
        "This needs the role '\(role.rawValue)', and yours is '\(person.role.rawValue)'.")
    }
    return Viewer(person: person, session: secret)
  }

  /// Who sends a request that changes something, with the fields of its form.
  func change(
    _ request: Request, atLeast role: Role = .annotator
  ) async throws -> (Viewer, FormFields) {
    let viewer = try await viewer(of: request, atLeast: role)
    let form = try await bodies.form(of: request)
    try viewer.token.check(form: form, headers: request.headers)
    return (viewer, form)
  }

  /// Sends a browser on, with GET.
  static func seeOther(_ path: String) -> Response { .redirect(to: path, type: .normal) }
}

extension WebFailure {
  /// What the project refuses, as an answer.
  init(_ error: AnnotationError) {
    let (status, code): (HTTPResponse.Status, String) =
      switch error {
      case .setting: (.badRequest, "setting")
      case .name: (.badRequest, "name")
      case .nameTaken: (.conflict, "name_taken")
      case .invitation: (.gone, "invitation")
      case .noTask: (.notFound, "no_task")
      case .noPerson: (.notFound, "no_person")
      case .notAssigned: (.conflict, "not_assigned")
      case .taken: (.conflict, "taken")
      case .answeredOtherwise: (.conflict, "answered_otherwise")
      case .answer, .task: (.unprocessableContent, "answer")
      case .nothingToUndo: (.conflict, "nothing_to_undo")
      case .paused: (.forbidden, "paused")
      case .exists, .missing, .foreign, .newer: (.internalServerError, "project")
      }
    let sentence = error.description
    self.init(status, code: code, sentence.prefix(1).uppercased() + sentence.dropFirst() + ".")
  }
}

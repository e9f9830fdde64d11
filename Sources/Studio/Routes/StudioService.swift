internal import Foundation
internal import HTTPTypes
public import Hummingbird
internal import NIOCore
internal import NIOPosix
internal import Sandbox
public import WebSupport

/// The pages of the studio.
///
/// It is a tool for the person at the machine, and has no accounts: a browser is known by a cookie, so that
/// two have choices of their own. Every change needs that session's token, and comes from the same site.
public struct StudioService: Sendable {
  let engine: StudioEngine
  let catalog: RunCatalog
  let address: ListenAddress
  let sessions: StudioSessions
  let suggestions: [ChallengePrompt]
  let cookie = SessionCookie(name: "attune_studio", lifetime: 30 * 86_400, proxy: .none)
  /// Prompts and choices are short.
  let bodies = BodyLimit(bytes: 1 << 14)
  /// What makes the pages, for their feet.
  let version: String

  /// A service.
  ///
  /// - Parameters:
  ///   - engine: What does the work.
  ///   - catalog: The runs that are shown.
  ///   - address: Where the server will listen.
  ///   - seed: Decides the prompts and pairs.
  ///   - school: What all who learn preferences share.
  ///   - version: The program's version.
  public init(
    _ engine: StudioEngine, catalog: RunCatalog, address: ListenAddress, seed: UInt64,
    school: PreferenceSchool, version: String
  ) {
    self.engine = engine
    self.catalog = catalog
    self.address = address
    self.version = version
    sessions = StudioSessions(seed: seed, school: school)
    suggestions = SandboxWorld().challenges(seed: seed)
  }

  /// All routes.
  public func router() -> Router<WebContext> {
    let router = Router(context: WebContext.self)
    router.addProtections(address: address, proxy: .none, page: { StudioFrame.failure($0) })
    addPipeline(to: router)
    addPreferences(to: router)
    addRuns(to: router)
    addAssets(to: router)
    return router
  }

  /// Serves the pages until it is asked to stop. What the engine is at then ends with its next step.
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
    do {
      let ending = try await server.run(
        router().buildResponder(),
        until: {
          await stop()
          // Or the browsers that listen would hold the server up.
          engine.close()
        }, listening: listening)
      await engine.end()
      return ending
    } catch {
      await engine.end()
      throw error
    }
  }

  /// Does what takes a while on a thread that may wait.
  func aside<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await NIOThreadPool.singleton.runIfActive { try WebFailure.answering(body) }
  }

  /// The session of who looks at a page; a new one where there is none, with the cookie that says so.
  func visitor(of request: Request) -> (secret: Secret, setting: String?) {
    if let secret = cookie.secret(in: request.headers), sessions.holds(secret) {
      return (secret, nil)
    }
    var random = SystemRandomNumberGenerator()
    let secret = Secret(using: &random)
    sessions.begin(secret)
    return (secret, cookie.setting(secret))
  }

  /// The session of a request that comes from a page.
  func session(of request: Request) throws -> Secret {
    guard let secret = cookie.secret(in: request.headers), sessions.holds(secret) else {
      throw WebFailure.forgotten
    }
    return secret
  }

  /// The session of a request that changes something, and the fields of its form.
  func change(_ request: Request) async throws -> (Secret, FormFields) {
    let secret = try session(of: request)
    let form = try await bodies.form(of: request)
    try CSRFToken(session: secret).check(form: form, headers: request.headers)
    return (secret, form)
  }

  /// A page for a visitor.
  func page(_ html: String, setting: String? = nil) -> Response {
    var response = Response.page(html)
    if let setting { response.headers[.setCookie] = setting }
    return response
  }

  /// Parts of a page that have changed at once.
  func reply(_ messages: [PageMessage]) -> Response {
    .eventStream { writer in
      for message in messages {
        try await writer.write(ByteBuffer(string: message.event.text))
      }
    }
  }

  /// Begins a job, and sends what comes of it as it comes.
  ///
  /// - Parameters:
  ///   - job: What is to be done.
  ///   - show: What is shown of each update but progress.
  /// - Returns: An event stream, which ends with the job; when the browser leaves, so does the job.
  /// - Throws: `WebFailure` where the engine is not ready, or at another job.
  func perform(
    _ job: StudioJob,
    show: @escaping @Sendable (StudioUpdate) throws -> [PageMessage]
  ) throws -> Response {
    let updates = try WebFailure.answering { try engine.begin(job) }
    return .eventStream { writer in
      var failure: PageMessage?
      do {
        for try await update in updates {
          let messages: [PageMessage] =
            if case .progress(let progress) = update {
              [.progress(progress)]
            } else {
              try show(update)
            }
          for message in messages {
            try await writer.write(ByteBuffer(string: message.event.text))
          }
        }
      } catch let error as WebFailure {
        failure = .failure(error.message)
      } catch let error as StudioError {
        failure = .failure(error.description)
      } catch is CancellationError {
        throw CancellationError()
      } catch {
        failure = .failure("That did not work: \(error).")
      }
      if let failure {
        try await writer.write(ByteBuffer(string: failure.event.text))
      }
    }
  }
}

extension WebFailure {
  /// Does something, and turns what the studio refuses into an answer.
  static func answering<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as StudioError {
      throw WebFailure(error)
    }
  }

  /// What the studio does not do, as an answer.
  init(_ error: StudioError) {
    let (status, code): (HTTPResponse.Status, String) =
      switch error {
      case .preparing: (.serviceUnavailable, "preparing")
      case .failed: (.serviceUnavailable, "failed")
      case .busy: (.conflict, "busy")
      case .emptyPrompt, .longPrompt, .oddPrompt: (.unprocessableContent, "prompt")
      case .noSuchPair: (.conflict, "no_such_pair")
      case .fewChoices, .nothingAsked, .noRewardModel: (.conflict, "too_early")
      case .manyChoices: (.conflict, "many_choices")
      case .startedAnew: (.conflict, "started_anew")
      }
    self.init(status, code: code, error.description)
  }
}

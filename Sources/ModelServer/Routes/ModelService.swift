internal import Foundation
public import Hummingbird
public import Logging
public import Monitoring
internal import NIOPosix
internal import PreferenceData
internal import Synchronization
public import WebSupport

/// Models behind OpenAI's routes.
///
/// Every route but `/health` and `/ready` needs a key. A request is checked as a whole before the first byte of its
/// answer; what comes after that can only break the stream, with an error in it.
public struct ModelService: Sendable {
  let engine: InferenceEngine
  let models: ServedModels
  let keys: KeyRing
  let settings: ServiceSettings
  let filter: SafetyFilter?
  let desk: CanaryDesk?
  let store: ResponseStore?
  let monitor: LiveMonitor?
  let scorer: AnswerScorer?
  let metrics: MetricsRegistry
  let allowances = KeyLimits()
  let address: ListenAddress
  let proxy: ReverseProxy
  let logger: Logger
  let version: String
  let state = ServiceState()
  let bodies: BodyLimit

  /// A service.
  ///
  /// - Parameters:
  ///   - engine: What the models run on; it is running.
  ///   - models: The models.
  ///   - keys: Who may ask.
  ///   - settings: What is granted to requests.
  ///   - filter: What reads along; `nil` for nothing.
  ///   - desk: The canary; `nil` for none.
  ///   - store: Where answers and feedback are kept; `nil` for nowhere.
  ///   - monitor: What watches answers; `nil` for nothing.
  ///   - scorer: What scores answers after they were given; `nil` for nothing.
  ///   - metrics: What is counted.
  ///   - address: Where the server will listen.
  ///   - proxy: What stands in front of it.
  ///   - logger: Where it is said what has gone wrong.
  ///   - version: The version of the program.
  public init(
    engine: InferenceEngine, models: ServedModels, keys: KeyRing, settings: ServiceSettings,
    filter: SafetyFilter? = nil, desk: CanaryDesk? = nil, store: ResponseStore? = nil,
    monitor: LiveMonitor? = nil,
    scorer: AnswerScorer? = nil, metrics: MetricsRegistry, address: ListenAddress,
    proxy: ReverseProxy = .none,
    logger: Logger, version: String
  ) {
    (self.engine, self.models, self.keys) = (engine, models, keys)
    (self.settings, self.filter, self.desk) = (settings, filter, desk)
    (self.store, self.monitor, self.metrics) = (store, monitor, metrics)
    self.scorer = scorer
    (self.address, self.proxy) = (address, proxy)
    (self.logger, self.version) = (logger, version)
    bodies = BodyLimit(bytes: settings.bodyBytes)
  }

  /// Paths that need no key.
  static let keyless: Set = ["/health", "/ready"]

  /// All routes.
  public func router() -> Router<ModelContext> {
    let router = Router(context: ModelContext.self)
    router.add(middleware: SecurityHeaders(proxy: proxy))
    router.add(
      middleware: ProblemResponses(tally: ResponseTally(metrics: metrics), logger: logger))
    router.add(middleware: HostGuard(address: address, proxy: proxy))
    // Who has no key learns nothing of addresses, not even which forms they have.
    router.add(middleware: KeyGate(keys: keys, open: Self.keyless))
    router.add(middleware: PathGuard())
    addStatus(to: router)
    addGeneration(to: router)
    addScores(to: router)
    addFeedback(to: router)
    return router
  }

  /// Says that the models are loaded: requests are answered from now on.
  public func open() { state.isLoaded.store(true, ordering: .relaxed) }

  /// Says that the server is about to stop: nothing new is begun.
  public func drain() { state.isDraining.store(true, ordering: .relaxed) }

  /// Refuses what comes before the models are loaded, and while the server is about to stop.
  func checkOpen() throws(RequestProblem) {
    if !state.isLoaded.load(ordering: .relaxed) { throw .loading(retryAfter: 2) }
    if state.isDraining.load(ordering: .relaxed) { throw .draining(retryAfter: 5) }
  }

  /// The key of a request that needs one.
  func key(_ context: ModelContext) -> KeyRecord {
    guard let key = context.key else { preconditionFailure("a route without a key") }
    return key
  }

  /// The body of a request, as an object.
  func object(of request: Request) async throws -> JSONObject {
    try await bodies.json(of: request).asBody()
  }

  /// Does something that waits for a disk, on a thread that may.
  static func waiting<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await NIOThreadPool.singleton.runIfActive { try body() }
  }

  static func json(
    _ text: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) -> Response {
    var headers = headers
    headers[.contentType] = "application/json"
    return Response(
      status: status, headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(string: text + "\n")))
  }
}

/// Where a service stands.
final class ServiceState: Sendable {
  let isLoaded = Atomic(false)
  let isDraining = Atomic(false)
}

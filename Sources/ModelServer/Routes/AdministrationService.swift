internal import Foundation
public import Hummingbird
internal import Logging
internal import Monitoring
public import WebSupport

/// Administration, on a listener of its own that only this machine reaches: the dashboard, metrics, the canary, the
/// kill switch.
public struct AdministrationService: Sendable {
  let service: ModelService
  let keys: KeyRing
  let address: ListenAddress
  let watch: ServerWatch
  let sessions = AdministrationSessions()
  /// Attempts to get in, by network.
  let entrance = RateLimiter<RemoteAddress>(burst: 10, interval: .seconds(6))
  let bodies = BodyLimit(bytes: 1 << 14)

  /// Administration of a service.
  ///
  /// - Parameters:
  ///   - service: The service.
  ///   - keys: Who may administer it.
  ///   - address: Where it will listen.
  public init(_ service: ModelService, keys: KeyRing, address: ListenAddress) {
    (self.service, self.keys, self.address) = (service, keys, address)
    watch = ServerWatch(service)
  }

  /// Paths that are open to all.
  private static let open: Set = [
    "/health", EntrancePage.path, AdminAssets.stylePath, AdminAssets.scriptPath,
  ]

  /// All routes.
  public func router() -> Router<ModelContext> {
    let router = Router(context: ModelContext.self)
    router.add(middleware: SecurityHeaders(proxy: .none))
    router.add(
      middleware: ProblemResponses(
        tally: ResponseTally(metrics: service.metrics), logger: service.logger
      ) { problem in
        EntrancePage.failure(title: "\(problem.status)", message: problem.message)
      })
    router.add(middleware: HostGuard(address: address, proxy: .none))
    router.add(middleware: PathGuard())
    router.add(middleware: SameOrigin())
    router.add(
      middleware: AdministrationGate(keys: keys, sessions: sessions, open: Self.open))
    router.get("/health") { _, _ in ModelService.json(#"{"status": "ok"}"#) }
    router.get("/metrics") { _, _ in service.metricsText() }
    addCanary(to: router)
    addPages(to: router)
    return router
  }

  /// Looks after what time brings: the steps of the canary, the numbers of the dashboard.
  ///
  /// - Parameter isOver: Whether the server has stopped.
  public func tick(until isOver: @escaping @Sendable () -> Bool) async {
    while !isOver() {
      try? await Task.sleep(for: .milliseconds(500))
      do {
        try await ModelService.waiting { _ = try service.desk?.tick(at: Date()) }
      } catch {
        service.logger.error("the canary cannot be kept: \(error)")
      }
      await service.monitor?.tick(at: Date())
      watch.look(at: Date())
    }
  }
}

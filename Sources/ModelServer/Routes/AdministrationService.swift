internal import Foundation
public import Hummingbird
internal import Logging
internal import Monitoring
internal import PreferenceData
public import WebSupport

/// Administration, on a listener of its own that only this machine reaches: metrics, the canary, the kill switch.
public struct AdministrationService: Sendable {
  let service: ModelService
  let keys: KeyRing
  let address: ListenAddress

  /// Administration of a service.
  ///
  /// - Parameters:
  ///   - service: The service.
  ///   - keys: Who may administer it.
  ///   - address: Where it will listen.
  public init(_ service: ModelService, keys: KeyRing, address: ListenAddress) {
    (self.service, self.keys, self.address) = (service, keys, address)
  }

  /// All routes.
  public func router() -> Router<ModelContext> {
    let router = Router(context: ModelContext.self)
    router.add(middleware: SecurityHeaders(proxy: .none))
    router.add(
      middleware: ProblemResponses(
        tally: ResponseTally(metrics: service.metrics), logger: service.logger))
    router.add(middleware: HostGuard(address: address, proxy: .none))
    router.add(middleware: PathGuard())
    router.add(middleware: KeyGate(keys: keys, open: ["/health"]))
    router.get("/health") { _, _ in ModelService.json(#"{"status": "ok"}"#) }
    router.get("/metrics") { _, _ in service.metricsText() }
    addCanary(to: router)
    return router
  }

  /// Looks after what time brings: the steps of the canary.
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
    }
  }
}

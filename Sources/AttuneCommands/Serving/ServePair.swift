import Foundation
import Hummingbird
import Logging
import ModelServer
import WebSupport

/// The two listeners of `attune serve`: for requests, and for administration.
struct ServePair {
  private let service: ModelService
  private let address: ListenAddress
  private let adminAddress: ListenAddress
  private let administration: AdministrationService
  private let logger: Logger

  init(
    _ service: ModelService, at address: ListenAddress, administeredAt adminAddress: ListenAddress,
    by administrators: KeyRing, _ logger: Logger
  ) {
    (self.service, self.logger) = (service, logger)
    (self.address, self.adminAddress) = (address, adminAddress)
    administration = AdministrationService(service, keys: administrators, address: adminAddress)
  }

  /// Serves until a signal comes.
  ///
  /// - Parameters:
  ///   - loading: Loads the models, while the listeners say that they are not ready.
  ///   - ending: What is done when no request is under way any more.
  /// - Returns: How it ended.
  /// - Throws: `ListenError`, and what `loading` or `ending` throws.
  func run(
    loading: @escaping @Sendable () async throws -> Void, ending: () async throws -> Void
  ) async throws -> WebServer.Ending {
    let stop = StopCondition()
    let loaded = Task {
      do {
        try await loading()
        service.open()
        StandardStream.error.writeLine("attune: ready")
      } catch {
        stop.set()
        throw error
      }
    }
    let ticking = Task { await administration.tick { stop.isSet } }
    async let main = serve(
      address, service.router().buildResponder(), "serving", stop,
      limits: .init(idle: .seconds(45), connections: 4000, drain: .seconds(60)),
      onStop: { service.drain() })
    async let admin = serve(
      adminAddress, administration.router().buildResponder(), "administration", stop,
      limits: .init(drain: .seconds(2)), onStop: {})
    let result: WebServer.Ending
    do {
      (result, _) = try await (main, admin)
    } catch {
      stop.set()
      loaded.cancel()
      throw error
    }
    await ticking.value
    try await loaded.value
    try await ending()
    return result
  }

  /// Serves one of the two until it is to stop, and sees to it that the other does too.
  private func serve(
    _ address: ListenAddress, _ responder: some HTTPResponder<ModelContext>, _ what: String,
    _ stop: StopCondition, limits: WebServer.Limits, onStop: @escaping @Sendable () -> Void
  ) async throws -> WebServer.Ending {
    do {
      return try await WebServer(address: address, limits: limits, logger: logger)
        .run(responder) {
          while !stop.isSet, !Task.isCancelled { try? await Task.sleep(for: .milliseconds(50)) }
          onStop()
        } listening: { address in
          StandardStream.error.writeLine("attune: \(what) \(address.url)")
        }
    } catch {
      stop.set()
      throw error
    }
  }
}

internal import Hummingbird
internal import Monitoring

/// Whether the server is there, and what it has.
extension ModelService {
  func addStatus(to router: Router<ModelContext>) {
    router.get("/health") { _, _ in Self.json(#"{"status": "ok"}"#) }
    router.get("/ready") { _, _ in
      try checkOpen()
      return Self.json(#"{"status": "ok"}"#)
    }
    router.get("/version") { _, _ in
      Self.json(#"{"version": "\#(version)", "policy": "\#(models.control.fingerprint)"}"#)
    }
    router.get("/metrics") { _, _ in metricsText() }
    router.get("/v1/models") { _, _ in Self.json(ModelEntry.json(listing: models.entries)) }
    router.get("/v1/models/:name") { _, context in
      let name = context.parameters.get("name") ?? ""
      guard let entry = models.entries.first(where: { $0.name == name }) else {
        throw RequestProblem.unknownModel(name, known: models.entries.map(\.name))
      }
      return Self.json(entry.json)
    }
  }

  /// The metrics, with what the engine has to do just now.
  func metricsText() -> Response {
    updateGauges()
    return Response(
      status: .ok, headers: [.contentType: PrometheusText.contentType],
      body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text)))
  }

  /// Says to the metrics what the engine has to do just now.
  func updateGauges() {
    let (load, model) = (engine.load, ["model_name": models.control.name])
    metrics.gauge(.requestsRunning, model).set(to: Double(load.running))
    metrics.gauge(.requestsWaiting, model).set(to: Double(load.waiting))
    metrics.gauge(.cacheUsage, model).set(to: load.cacheUsage)
  }
}

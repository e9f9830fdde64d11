internal import Foundation
internal import Hummingbird
internal import Monitoring

/// Conversations and continuations.
extension ModelService {
  func addGeneration(to router: Router<ModelContext>) {
    router.post("/v1/chat/completions") { request, context in
      try await answer(request, context, as: .chat)
    }
    router.post("/v1/completions") { request, context in
      try await answer(request, context, as: .text)
    }
  }

  /// Reads a request while listening whether the client is still there, and answers it.
  private func answer(
    _ request: Request, _ context: ModelContext, as kind: ResponseKind
  ) async throws -> Response {
    try checkOpen()
    try allowances.check(key(context), at: .now)
    var response = try await request.body.consumeWithCancellationOnInboundClose { body in
      var request = request
      request.body = body
      let answering = try await prepared(request, context, as: kind)
      return answering.prepared.request.isStreamed
        ? try await stream(answering, context) : try await whole(answering)
    }
    // What was listened to cannot be read from again.
    response.headers[.connection] = "close"
    return response
  }

  /// Checks a request as a whole.
  private func prepared(
    _ request: Request, _ context: ModelContext, as kind: ResponseKind
  ) async throws -> Answering {
    let body = try await object(of: request)
    let wanted =
      switch kind {
      case .chat: try GenerationRequest(chat: body, limits: settings.limits)
      case .text: try GenerationRequest(completion: body, limits: settings.limits)
      }
    try models.check(wanted.model)
    var random = SystemRandomNumberGenerator()
    let identifier = kind.identifier(using: &random)
    let exposure = try exposure(wanted, identifier, request, context)
    let model = models[exposure?.arm ?? .control]
    let prepared = try PreparedRequest(
      wanted, model: model,
      head: ResponseHead(
        kind, identifier: identifier, created: Int(Date().timeIntervalSince1970),
        model: models.control.name, fingerprint: model.systemFingerprint),
      exposure: exposure, context: engine.settings.context, maxTokens: settings.maxTokens,
      seed: random.next())
    let lease = try allowances.admit(key(context), tokens: prepared.mostTokens, at: .now)
    return Answering(
      prepared: prepared, lease: lease, filter: filter,
      counter: metrics.counter(.generationTokens, ["model_name": models.control.name]),
      start: context.start,
      key: key(context).name)
  }

  /// Which model answers whom.
  private func exposure(
    _ wanted: GenerationRequest, _ identifier: String, _ request: Request, _ context: ModelContext
  ) throws -> CanaryExposure? {
    var forced: CanaryArm?
    if let word = request.headers[.arm] {
      guard key(context).role == .admin else { throw RequestProblem.adminsOnly }
      guard let arm = CanaryArm(rawValue: word), desk != nil else {
        throw RequestProblem.invalid(
          "X-Attune-Arm",
          "'X-Attune-Arm' must be control or candidate, and there must be a canary.")
      }
      forced = arm
    }
    // One who has no name is another one each time.
    return desk?.exposure(of: wanted.user ?? wanted.session ?? identifier, forced: forced)
  }
}

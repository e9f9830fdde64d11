internal import Foundation
internal import HTTPTypes
internal import Logging
internal import Monitoring
internal import Oversight
internal import Pipelines

/// What is done before an answer, and what is noted of it afterwards.
extension ModelService {
  /// How an answer begins.
  enum Beginning: Sendable {
    /// The prompt is refused.
    case refused(Answer)
    /// The engine is at it.
    case underWay(HeldGeneration, promptVerdict: SafetyVerdict?)
  }

  /// Has the prompt read, and hands the job to the engine.
  func begin(_ answering: Answering) async throws -> Beginning {
    let verdict = try await answering.promptVerdict()
    if let verdict { note(verdict) }
    if let verdict, let policy = filter?.policy, verdict.action.stopsText {
      if verdict.action == .block {
        answering.lease.end(used: answering.prepared.promptTokens)
        throw RequestProblem.blocked(.prompt)
      }
      return .refused(answering.refusal(verdict, policy))
    }
    let generation: Generation
    do throws(EngineRefusal) {
      generation = try engine.generate(answering.prepared.job)
    } catch {
      // Nothing was read or written of what the key has been charged.
      answering.lease.end(used: 0)
      throw error
    }
    metrics.counter(.promptTokens, ["model_name": models.control.name])
      .increment(by: Double(answering.prepared.promptTokens))
    return .underWay(HeldGeneration(generation), promptVerdict: verdict)
  }

  /// Notes what was answered.
  func finish(_ answering: Answering, _ answer: Answer) async {
    let prepared = answering.prepared
    answering.lease.end(used: answer.usage.prompt + answer.usage.completion)
    count(answering, answer)
    for choice in answer.choices {
      if let verdict = choice.verdict { note(verdict) }
    }
    tell(prepared.exposure, answer)
    for index in answer.choices.indices {
      let observed = ObservedResponse(prepared, answer, index)
      if let scorer {
        await scorer.add(
          AnswerScorer.Job(
            observed: observed, prompt: prepared.prompts[index / prepared.request.choices],
            completion: answer.choices[index].ids,
            promptText: prepared.promptText(ofChoice: index), arm: prepared.arm))
      } else {
        monitor?.add(observed)
      }
    }
    await store?.add(prepared, answer, key: answering.key)
  }

  /// Tells the canary what became known of an answer.
  private func tell(_ exposure: CanaryExposure?, _ answer: Answer) {
    guard let desk, let exposure else { return }
    var kinds: [CanaryEvent.Kind] = [.answered, .latency(seconds: answer.seconds)]
    if let first = answer.firstToken { kinds.append(.firstToken(seconds: first)) }
    if answer.choices.contains(where: { $0.verdict?.isPositive ?? false }) { kinds.append(.unsafe) }
    // A prompt that nobody could judge may have been refused too, and then not by the model.
    let isHarmless = answer.promptVerdict.map { !$0.isPositive && !$0.action.stopsText } ?? true
    if isHarmless,
      answer.choices.contains(where: { StanceRule().reading(of: $0.text).stance == .refuse })
    {
      kinds.append(.refusal)
    }
    for kind in kinds { desk.record(CanaryEvent(kind, of: exposure), at: Date()) }
  }

  /// Counts a verdict, and says what kept a check from judging.
  private func note(_ verdict: SafetyVerdict) {
    verdict.count(in: metrics)
    verdict.countTime(in: metrics)
    if let failure = verdict.failure { logger.error("the safety filter: \(failure)") }
  }

  /// Notes what kept an answer from being whole.
  func note(_ error: any Error, _ answering: Answering) {
    switch error {
    case let failure as EngineFailure:
      logger.error("\(failure)")
      countFailure(answering, "engine_failed")
    case let problem as RequestProblem where problem.status.code >= 500:
      countFailure(answering, problem.code ?? problem.kind.rawValue)
    // The client has left, or the server is about to stop.
    default: return
    }
    guard let desk, let exposure = answering.prepared.exposure else { return }
    for kind in [CanaryEvent.Kind.answered, .error] {
      desk.record(CanaryEvent(kind, of: exposure), at: Date())
    }
  }

  /// What stands in the header of an answer.
  func headers(_ answering: Answering) -> HTTPFields {
    var headers = answering.lease.allowance.headers
    if let exposure = answering.prepared.exposure { headers[.arm] = exposure.arm.rawValue }
    if let warning = answering.prepared.request.ignoredFields.warning {
      headers[.warning] = "299 - \"\(warning)\""
    }
    return headers
  }
}

/// A job that ends when nobody holds it any more: a client can leave before its stream begins.
final class HeldGeneration: Sendable {
  let generation: Generation

  init(_ generation: Generation) { self.generation = generation }

  deinit { generation.cancel() }
}

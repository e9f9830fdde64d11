internal import Foundation
internal import Hummingbird
internal import NIOCore
internal import WebSupport

/// How an answer reaches the client: whole, or part by part.
extension ModelService {
  func whole(_ answering: Answering) async throws -> Response {
    let answer: Answer
    switch try await begin(answering) {
    case .refused(let refusal): answer = refusal
    case .underWay(let held, let verdict):
      let deadline = Task { [settings] in
        try await Task.sleep(for: settings.answerTime)
        held.generation.cancel(because: Self.tookTooLong(settings))
      }
      defer { deadline.cancel() }
      do {
        answer = try await answering.answer(held.generation, promptVerdict: verdict) { _ in }
      } catch {
        note(error, answering)
        throw error
      }
    }
    await finish(answering, answer)
    if answer.choices.contains(where: { $0.verdict?.action == .block }) {
      throw RequestProblem.blocked(.answer)
    }
    return Self.json(
      answering.prepared.head.json(answer.result), headers: headers(answering))
  }

  func stream(_ answering: Answering, _ context: ModelContext) async throws -> Response {
    // What can be refused is refused before the first byte.
    let beginning = try await begin(answering)
    let format = ResponseStream(
      answering.prepared.head, includesUsage: answering.prepared.request.includesUsage)
    var response = Response.eventStream { writer in
      let answer: Answer
      switch beginning {
      case .refused(let refusal):
        answer = refusal
        try await writer.write(ByteBuffer(string: format.text(ofWhole: refusal)))
      case .underWay(let held, let verdict):
        let progress = StreamProgress()
        let watch = watch(held, progress, context.channel)
        defer { watch.cancel() }
        do {
          if answering.kind == .chat {
            let openings = (0..<answering.prepared.request.completionCount).map(format.opening)
            try await progress.pending {
              try await writer.write(ByteBuffer(string: openings.joined()))
            }
          }
          answer = try await answering.answer(held.generation, promptVerdict: verdict) { parts in
            let text =
              parts.isEmpty ? ServerSentEvent.ping : parts.map(format.text(of:)).joined()
            try await progress.pending { try await writer.write(ByteBuffer(string: text)) }
          }
        } catch {
          note(error, answering)
          guard let problem = Self.problem(error) else { throw error }
          try await writer.write(
            ByteBuffer(string: ResponseStream.failure(problem) + ResponseStream.done))
          return
        }
      }
      await finish(answering, answer)
      try await writer.write(
        ByteBuffer(string: (format.usage(answer.usage) ?? "") + ResponseStream.done))
    }
    response.headers.append(contentsOf: headers(answering))
    return response
  }

  /// Cuts a stream off that takes too long, or whose client takes nothing of it; has one that is silent say that it
  /// is alive.
  private func watch(
    _ held: HeldGeneration, _ progress: StreamProgress, _ channel: any Channel
  ) -> Task<Void, any Error> {
    Task { [settings, generation = held.generation] in
      let end = ContinuousClock.now + settings.answerTime
      while true {
        let pause = min(settings.stallTime / 4, settings.pingTime)
        try await Task.sleep(for: min(pause, max(end - .now, .milliseconds(1))))
        if progress.silentTime(at: .now) >= settings.pingTime { generation.nudge() }
        if progress.pendingTime(at: .now) > settings.stallTime {
          generation.cancel()
          channel.close(promise: nil)
          return
        }
        if ContinuousClock.now >= end {
          generation.cancel(because: Self.tookTooLong(settings))
          // Who takes the end of it within that time gets a sentence too.
          try await Task.sleep(for: settings.stallTime)
          channel.close(promise: nil)
          return
        }
      }
    }
  }

  private static func tookTooLong(_ settings: ServiceSettings) -> RequestProblem {
    .tookTooLong(limit: max(1, Int(settings.answerTime / .seconds(1))))
  }

  /// What a stream that has begun says of an error; `nil` where the client has left.
  private static func problem(_ error: any Error) -> RequestProblem? {
    switch error {
    case let problem as RequestProblem: problem
    case EngineRefusal.stopping: .draining(retryAfter: 5)
    case is EngineFailure: .engineFailed
    default: nil
    }
  }
}

extension ResponseStream {
  /// A part of a choice, with its end if it has come.
  fileprivate func text(of part: ChoiceAssembly.Part) -> String {
    var text = ""
    if !part.text.isEmpty || part.tokens?.isEmpty == false {
      text = self.part(part.text, choice: part.choice, tokens: part.tokens, offset: part.offset)
    }
    if let end = part.ending { text += ending(choice: part.choice, end) }
    return text
  }

  /// An answer that is there as a whole.
  fileprivate func text(ofWhole answer: Answer) -> String {
    answer.choices.map { choice in
      let (index, result) = (choice.result.index, choice.result)
      return (kind == .chat ? opening(choice: index) : "") + part(result.text, choice: index)
        + ending(choice: index, result.ending)
    }.joined()
  }
}

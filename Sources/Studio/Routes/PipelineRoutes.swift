internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import PreferenceData
internal import Sandbox
internal import WebSupport

extension StudioService {
  /// How many pairs are drawn at a time.
  static let pairCount = 12

  func addPipeline(to router: Router<WebContext>) {
    router.get("/") { request, _ in
      let (secret, setting) = visitor(of: request)
      return page(try pipeline(of: secret).rendered(CSRFToken(session: secret)), setting: setting)
    }
    router.post("/prepare") { request, _ in
      let (secret, _) = try await change(request)
      return preparation(secret)
    }
    router.post("/pipeline/ask") { request, _ in
      let (secret, form) = try await change(request)
      let prompt = try prompt(in: form)
      let (seed, round) = try draw(for: secret)
      return try perform(
        .answer(prompt: prompt.text, count: PipelinePage.answerCount, seed: seed)
      ) { update in
        guard case .answers(let answers) = update else { return [] }
        return try show([.ask, .choose, .learn, .update], secret, of: round) {
          $0.note(answers, to: prompt)
        }
      }
    }
    router.post("/pipeline/pairs") { request, _ in
      let (secret, _) = try await change(request)
      let (seed, round) = try draw(for: secret)
      return try perform(.pairs(count: Self.pairCount, seed: seed)) { update in
        guard case .pairs(let pairs) = update else { return [] }
        return try show([.choose], secret, of: round) { $0.offer(pairs) }
      }
    }
    router.post("/pipeline/choose") { request, _ in
      let (secret, form) = try await change(request)
      let (number, side) = try form.choice()
      let messages = try WebFailure.answering {
        try show([.choose, .learn], secret) { state in
          if let side {
            try state.choose(side, of: number)
          } else {
            try state.skip(number)
          }
        }
      }
      return reply(messages)
    }
    router.post("/pipeline/simulate") { request, _ in
      let (secret, form) = try await change(request)
      let count = try form.count(among: PipelinePage.simulatedCounts)
      try WebFailure.answering { try sessions.with(secret) { try $0.pipeline.checkRoom() } }
      let (seed, round) = try draw(for: secret)
      return try perform(.pairs(count: count, seed: seed)) { update in
        guard case .pairs(let pairs) = update else { return [] }
        let choices = SimulatedChoices(seed: seed).choices(from: pairs)
        return try show([.choose, .learn], secret, of: round) { $0.note(choices) }
      }
    }
    router.post("/pipeline/learn") { request, _ in
      let (secret, _) = try await change(request)
      let isMilestone = request.uri.queryParameters.get("upto") == "milestone"
      let state = try sessions.with(secret) { $0.pipeline }
      let counts = try WebFailure.answering {
        isMilestone ? state.dueMilestones : try state.countsToLearn()
      }
      return try perform(.learn(choices: state.choices, counts: counts)) { update in
        guard case .learned(let point) = update else { return [] }
        return try show([.learn, .update], secret, of: state.round) { $0.note(point) }
      }
    }
    router.post("/pipeline/practise") { request, _ in
      let (secret, _) = try await change(request)
      let state = try sessions.with(secret) { $0.pipeline }
      let (model, prompt) = try WebFailure.answering { try state.lesson() }
      let (seed, round) = try draw(for: secret)
      let response = try perform(
        .practise(
          rewardModel: model, prompt: prompt.text, count: PipelinePage.answerCount, seed: seed),
        show: { update in
          switch update {
          case .practised(let step): try show([.update], secret, of: round) { $0.note(step) }
          case .answersAgain(let before, let after):
            try show([.update], secret, of: round) { $0.note(before: before, after: after) }
          default: []
          }
        })
      // After the engine has said that it is free, or what is on the page would be gone for nothing.
      try sessions.with(secret) { $0.pipeline.beginPractice() }
      return response
    }
    router.post("/pipeline/restart") { request, _ in
      let (secret, _) = try await change(request)
      return reply(
        try show([.ask, .choose, .learn, .update], secret) { $0.startAnew() })
    }
    router.get("/pipeline/choices.jsonl") { request, _ in
      let secret = try session(of: request)
      let choices = try sessions.with(secret) { $0.pipeline.choices }
      let lines = choices.compactMap { JSONValue.object($0.record).text }.map { $0 + "\n" }
      return Response(
        status: .ok,
        headers: [
          .contentType: "application/jsonl",
          .contentDisposition: "attachment; filename=\"choices.jsonl\"",
        ], body: .init(byteBuffer: ByteBuffer(string: lines.joined())))
    }
  }

  private func pipeline(of secret: Secret) throws -> PipelinePage {
    PipelinePage(
      state: try sessions.with(secret) { $0.pipeline }, readiness: engine.readiness,
      suggestions: suggestions)
  }

  /// What a job is drawn with, and the round that it belongs to.
  private func draw(for secret: Secret) throws -> (seed: UInt64, round: Int) {
    try sessions.with(secret) { ($0.nextDraw(), $0.pipeline.round) }
  }

  /// Changes the state, and shows some steps as they then are, with the overview.
  ///
  /// What comes of a job of an earlier round is refused: nobody has asked for it in this one.
  private func show(
    _ stages: [PipelineStage], _ secret: Secret, of round: Int? = nil,
    _ change: (inout PipelineState) throws -> Void
  ) throws -> [PageMessage] {
    try sessions.with(secret) { session in
      if let round, round != session.pipeline.round { throw StudioError.startedAnew }
      try change(&session.pipeline)
    }
    let page = try pipeline(of: secret)
    let fragments = stages.map { stage in
      switch stage {
      case .ask: page.ask
      case .choose: page.choose
      case .learn: page.learn
      case .update: page.update
      }
    }
    return ([page.overview] + fragments).map(PageMessage.fragment)
  }

  private func prompt(in form: FormFields) throws -> AskedPrompt {
    let typed = try form.optional("suggestion") ?? form.one("typed")
    return try WebFailure.answering { try AskedPrompt(typed: typed) }
  }

  /// How far the model is, until there is one, or none.
  private func preparation(_ secret: Secret) -> Response {
    .eventStream { writer in
      var last: StudioProgress?
      while case .preparing(let progress) = engine.readiness {
        if progress != last {
          try await writer.write(ByteBuffer(string: PageMessage.progress(progress).event.text))
          last = progress
        }
        try await Task.sleep(for: .milliseconds(200))
      }
      let message = PageMessage.fragment(try pipeline(of: secret).content)
      try await writer.write(ByteBuffer(string: message.event.text))
    }
  }
}

/// What the sandbox's annotator chooses, who goes by the judge and errs in close calls.
struct SimulatedChoices {
  let seed: UInt64

  /// A choice from each pair.
  func choices(from pairs: [DraftedPair]) -> [StudioChoice] {
    var random = SeededGenerator(seed: seed, purpose: "studio/annotator")
    let annotator = SimulatedAnnotator(name: "annotator")
    return pairs.map { pair in
      func appraisal(_ answer: StudioAnswer) -> Appraisal {
        Appraisal(gold: answer.gold, words: answer.text.split(whereSeparator: \.isWhitespace).count)
      }
      let judgment = annotator.judge(
        appraisal(pair.first), appraisal(pair.second), using: &random)
      return StudioChoice(judgment.choice == .second ? .b : .a, of: pair, by: .simulated)
    }
  }
}

#if LibTorch
  import Dispatch
  import LanguageModels
  import ModelServer
  import Monitoring
  import Sampling
  import Testing
  import Tokenization

  @Suite("The engine of a server")
  struct InferenceEngineTests {
    private let texts = ["Tell me a story", "Why", "How do I get there from here?", "No."]

    private func engine(slots: Int = 2, maxWaiting: Int = 64) async throws -> InferenceEngine {
      let model = try ServedModel(directory: ServedModelFixture.directory)
      let engine = InferenceEngine(
        EngineSettings(slots: slots, context: 64, maxWaiting: maxWaiting, threads: 1))
      try await engine.start { try $0.load(model, as: .control) }
      return engine
    }

    private func job(
      _ prompts: [String], tokens: Int = 10, choices: Int = 1
    ) throws -> GenerationJob {
      let tokenizer = try Tokenizer(directory: ServedModelFixture.directory)
      let parameters = SamplingParameters(maxNewTokens: tokens, seed: 3)
      return GenerationJob(
        arm: .control,
        sequences: prompts.enumerated().flatMap { group, prompt in
          (0..<choices).map {
            SequenceRequest(
              prompt: tokenizer.encode(prompt), parameters: parameters,
              stream: UInt64(group * choices + $0), group: group)
          }
        })
    }

    /// The tokens of each sequence.
    private func tokens(_ generation: Generation, of count: Int) async throws -> [[Int32]] {
      var tokens = [[Int32]](repeating: [], count: count)
      while let next = try await generation.next() {
        for token in next { tokens[token.sequence].append(token.token.id) }
      }
      return tokens
    }

    @Test("answers are those of the sampler, though jobs share a batch that is too small for all")
    func sameAsSampler() async throws {
      let model = try CausalLanguageModel(directory: ServedModelFixture.directory)
      let tokenizer = try Tokenizer(directory: ServedModelFixture.directory)
      let expected = try Sampler(
        model: model, tokenizer: tokenizer,
        parameters: SamplingParameters(maxNewTokens: 10, seed: 3)
      ).samples(of: texts.map { tokenizer.encode($0) }, count: 3)
      let engine = try await engine()
      let all = try engine.generate(try job(texts, choices: 3))
      let first = try engine.generate(try job([texts[0]], choices: 3))
      #expect(
        try await tokens(all, of: 12) == expected.flatMap { $0.map(\.tokens) })
      #expect(try await tokens(first, of: 3) == expected[0].map(\.tokens))
      #expect(all.admitted != nil)
      engine.stop()
    }

    /// Lets the engine's own thread wait, so that nothing is drawn until the gate is open.
    private func hold(_ engine: InferenceEngine) async -> (DispatchSemaphore, Task<Void, any Error>)
    {
      let gate = DispatchSemaphore(value: 0)
      let (arrivals, arrival) = AsyncStream<Void>.makeStream()
      let held = Task {
        try await engine.perform { _ in
          arrival.yield()
          gate.wait()
        }
      }
      for await _ in arrivals { break }
      return (gate, held)
    }

    @Test("a job that is cancelled makes room, and tells who waits")
    func cancelling() async throws {
      let engine = try await engine(slots: 1)
      var long = try job([texts[0]], tokens: 60)
      long.sequences[0].parameters.minNewTokens = 60
      let (gate, held) = await hold(engine)
      let running = try engine.generate(long)
      let waiting = try engine.generate(try job([texts[1]], tokens: 60))
      waiting.cancel(because: RequestProblem.engineFailed)
      await #expect(throws: RequestProblem.self) { _ = try await waiting.next() }
      gate.signal()
      try await held.value
      _ = try await running.next()
      running.cancel()
      let next = try engine.generate(try job([texts[2]]))
      #expect(try await tokens(next, of: 1)[0].isEmpty == false)
      // The last step has told of everything before it.
      _ = try await engine.perform { _ in 0 }
      while !engine.load.isIdle { await Task.yield() }
      engine.stop()
    }

    @Test("a task that is cancelled while it waits ends its job")
    func cancelledTask() async throws {
      let engine = try await engine(slots: 1)
      let (gate, held) = await hold(engine)
      let waiting = try engine.generate(try job([texts[1]]))
      let task = Task { try await waiting.next() }
      task.cancel()
      await #expect(throws: CancellationError.self) { _ = try await task.value }
      gate.signal()
      try await held.value
      while !engine.load.isIdle { await Task.yield() }
      engine.stop()
    }

    @Test("more than may wait is refused, and nothing is taken when the engine stops")
    func refusing() async throws {
      let engine = try await engine(slots: 1, maxWaiting: 2)
      #expect(throws: EngineRefusal.full) {
        try engine.generate(try self.job(Array(texts.prefix(3))))
      }
      let job = try self.job(Array(texts.prefix(2)), tokens: 60)
      let generation = try engine.generate(job)
      engine.stop()
      await #expect(throws: (any Error).self) {
        while try await generation.next() != nil {}
        throw EngineRefusal.stopping
      }
      #expect(throws: EngineRefusal.stopping) { try engine.generate(job) }
      await #expect(throws: EngineRefusal.stopping) { try await engine.perform { _ in 0 } }
    }

    @Test(
      "who waits can be nudged, and gets no tokens once; those that come later come all the same")
    func nudging() async throws {
      let engine = try await engine()
      let (gate, held) = await hold(engine)
      let generation = try engine.generate(try job([texts[0]], tokens: 4))
      generation.nudge()
      #expect(try await generation.next() == [])
      let waiting = Task { try await generation.next() }
      generation.nudge()
      #expect(try await waiting.value == [])
      gate.signal()
      try await held.value
      var count = 0
      while let tokens = try await generation.next() { count += tokens.count }
      #expect((1...4).contains(count))
      engine.stop()
    }

    @Test("what is asked of the models is done on their thread, errors and all")
    func performing() async throws {
      let engine = try await engine()
      #expect(try await engine.perform { $0.reward == nil })
      await #expect(throws: RequestProblem.self) {
        try await engine.perform { _ in throw RequestProblem.engineFailed }
      }
      engine.stop()
    }

    @Test("a model that cannot be loaded is an error, not a server")
    func failingToLoad() async throws {
      let engine = InferenceEngine(EngineSettings(context: 64, threads: 1))
      await #expect(throws: RequestProblem.self) {
        try await engine.start { _ in throw RequestProblem.engineFailed }
      }
      #expect(throws: EngineRefusal.stopping) { try engine.generate(try job(texts)) }
    }

    @Test("for who takes nothing no more is drawn than a backlog; taking it lets the job end")
    func slowReader() async throws {
      let model = try ServedModel(directory: ServedModelFixture.directory)
      let engine = InferenceEngine(EngineSettings(slots: 2, context: 1000, threads: 1))
      try await engine.start { try $0.load(model, as: .control) }
      var slow = try job([texts[0]], tokens: 600)
      slow.sequences[0].parameters.minNewTokens = 600
      let behind = try engine.generate(slow)
      // Another who takes everything goes on meanwhile, and is drawn for more often than a backlog.
      var quick = slow
      quick.sequences[0].stream = 1
      let all = try await tokens(try engine.generate(quick), of: 1)
      #expect(all[0].count == 600)
      _ = try await engine.perform { _ in 0 }
      #expect(behind.pending == 256)
      #expect(try await tokens(behind, of: 1)[0].count == 600)
      engine.stop()
    }
  }
#endif

import Studio
import Testing

@Suite("The engine's thread")
struct StudioEngineTests {
  private func updates(
    of job: StudioJob, by engine: StudioEngine
  ) async throws -> [StudioUpdate] {
    var all: [StudioUpdate] = []
    for try await update in try engine.begin(job) { all.append(update) }
    return all
  }

  @Test("a job tells what comes of it, and then there is room for the next")
  func inTurn() async throws {
    let script = ScriptedWorkshop.Script()
    let engine = await ScriptedWorkshop.engine(script)
    for seed in 0..<3 {
      let job = StudioJob.answer(prompt: "p", count: 2, seed: UInt64(seed))
      let updates = try await updates(of: job, by: engine)
      #expect(
        updates == [
          .progress(StudioProgress("Working", done: 1, total: 2)),
          .answers([StudioAnswer(" yes 0", gold: 0), StudioAnswer(" yes 1", gold: 0.1)]),
        ])
    }
    #expect(script.begun.count == 3)
    await engine.end()
  }

  @Test("a second job is refused while the first is under way")
  func busy() async throws {
    let engine = await ScriptedWorkshop.engine(.init(isEndless: true))
    let first = try engine.begin(.pairs(count: 1, seed: 0))
    var iterator = first.makeAsyncIterator()
    _ = try await iterator.next()
    #expect(throws: StudioError.busy) { try engine.begin(.pairs(count: 1, seed: 1)) }
    #expect(try await iterator.next() != nil)
    await engine.end()
  }

  @Test("a job that nobody listens to any more ends, and the next waits for its end")
  func abandoned() async throws {
    let script = ScriptedWorkshop.Script(isEndless: true)
    let engine = await ScriptedWorkshop.engine(script)
    for seed in 0..<3 {
      try await listenOnce(to: .pairs(count: 1, seed: UInt64(seed)), of: engine)
    }
    #expect(script.begun.count == 3)
    await engine.end()
  }

  private func listenOnce(to job: StudioJob, of engine: StudioEngine) async throws {
    for try await _ in try engine.begin(job) { return }
  }

  @Test("what goes wrong in a job reaches who listens, and the engine goes on")
  func mishap() async throws {
    let engine = await ScriptedWorkshop.engine()
    await #expect(throws: ScriptedWorkshop.Mishap.self) {
      try await updates(
        of: .practise(rewardModel: "reward-13", prompt: "p", count: 1, seed: 0), by: engine)
    }
    #expect(try await updates(of: .pairs(count: 1, seed: 0), by: engine).count == 2)
    await engine.end()
  }

  @Test("an engine that ends lets who listens go, and takes nothing more")
  func end() async throws {
    let engine = await ScriptedWorkshop.engine(.init(isEndless: true))
    var iterator = try engine.begin(.pairs(count: 1, seed: 0)).makeAsyncIterator()
    _ = try await iterator.next()
    await engine.end()
    await #expect(throws: StudioError.failed("the studio is closing")) {
      while try await iterator.next() != nil {}
    }
    #expect(throws: StudioError.failed("the studio is closing")) {
      try engine.begin(.pairs(count: 1, seed: 0))
    }
  }

  @Test("without a workshop the reason is told")
  func noWorkshop() async throws {
    let engine = StudioEngine { throw ScriptedWorkshop.Mishap(description: "no disk") }
    while case .preparing = engine.readiness { await Task.yield() }
    #expect(engine.readiness == .failed("no disk"))
    #expect(throws: StudioError.failed("no disk")) { try engine.begin(.pairs(count: 1, seed: 0)) }
    await engine.end()
  }
}

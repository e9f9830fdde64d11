import Studio
import Synchronization

/// A workshop without a model: it answers at once, with texts that say where they come from.
final class ScriptedWorkshop: Workshop {
  /// What the test decides and sees, on whatever thread.
  final class Script: Sendable {
    private let jobs = Mutex<[StudioJob]>([])
    /// What answers say.
    let text: String
    /// Whether a job stays under way until nobody listens.
    let isEndless: Bool
    private let isHeldFlag: Atomic<Bool>

    init(text: String = " yes", isEndless: Bool = false, isHeld: Bool = false) {
      self.text = text
      self.isEndless = isEndless
      isHeldFlag = Atomic(isHeld)
    }

    /// Whether a job stays under way until it is released.
    var isHeld: Bool { isHeldFlag.load(ordering: .acquiring) }

    func release() { isHeldFlag.store(false, ordering: .releasing) }

    func note(_ job: StudioJob) { jobs.withLock { $0.append(job) } }

    /// The jobs that were begun.
    var begun: [StudioJob] { jobs.withLock(\.self) }
  }

  struct Mishap: Error, CustomStringConvertible {
    let description: String
  }

  private let script: Script

  init(_ script: Script) { self.script = script }

  func prepare(_ report: (StudioProgress) throws -> Void) async throws {
    try report(StudioProgress("Making a model", done: 1, total: 2))
  }

  func run(_ job: StudioJob, report: (StudioUpdate) throws -> Void) async throws {
    script.note(job)
    repeat {
      try report(.progress(StudioProgress("Working", done: 1, total: 2)))
      await Task.yield()
    } while script.isEndless || script.isHeld
    switch job {
    case .answer(_, let count, _):
      try report(
        .answers((0..<count).map { StudioAnswer("\(script.text) \($0)", gold: Double($0) / 10) }))
    case .pairs(let count, _):
      try report(.pairs((0..<count).map { Self.pair($0, text: script.text) }))
    case .learn(_, let counts):
      for count in counts {
        try report(
          .learned(
            LearningPoint(
              comparisons: count, correct: 60, heldOut: 100, directory: "reward-\(count)")))
      }
    case .practise(let model, _, let count, _):
      if model == "reward-13" { throw Mishap(description: "the engine is out of luck") }
      try report(.practised(PracticeStep(step: 0, total: 1, gold: 0.5)))
      try report(.practised(PracticeStep(step: 1, total: 1, reward: 0.25, divergence: 0.75)))
      try report(
        .answersAgain(
          before: Array(repeating: StudioAnswer(" before", gold: 0.5, reward: 0), count: count),
          after: Array(repeating: StudioAnswer(" after", gold: 0.75, reward: 1), count: count)))
    }
  }

  static func pair(_ number: Int, text: String = " yes") -> DraftedPair {
    DraftedPair(
      prompt: "Human: question \(number)?\n\nAssistant:",
      first: StudioAnswer("\(text) a\(number)", gold: 0.75),
      second: StudioAnswer("\(text) b\(number)", gold: 0.25))
  }

  /// An engine of a scripted workshop that is ready.
  static func engine(_ script: Script = Script()) async -> StudioEngine {
    let engine = StudioEngine { ScriptedWorkshop(script) }
    while case .preparing = engine.readiness { await Task.yield() }
    return engine
  }
}

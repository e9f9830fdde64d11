internal import Endpoints
internal import Foundation
internal import PreferenceData
public import Sandbox
internal import Synchronization

/// The sandbox's annotators at work on a served project: each joins, and judges tasks until none is left.
public struct SimulatedWorkforce: Sendable {
  /// What came of it.
  public struct Outcome: Sendable, Hashable {
    /// Judgments that the server took.
    public var judgments = 0
    /// Annotators whom the server has paused.
    public var paused = 0
  }

  /// A number that several count up.
  private final class SharedCount: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func increase() -> Int {
      count.withLock {
        $0 += 1
        return $0
      }
    }
  }

  private let pool: AnnotatorPool
  private let world: SandboxWorld
  private let seed: UInt64
  private let pause: Duration

  /// A workforce.
  ///
  /// - Parameters:
  ///   - pool: The annotators; each invitation is for one of them.
  ///   - world: What is true.
  ///   - seed: What the judgments depend on, beside the tasks.
  ///   - pause: How long an annotator rests between two tasks.
  public init(_ pool: AnnotatorPool, world: SandboxWorld, seed: UInt64, pause: Duration = .zero) {
    (self.pool, self.world, self.seed, self.pause) = (pool, world, seed, pause)
  }

  /// Works until nothing is left to do.
  ///
  /// - Parameters:
  ///   - address: Of the server.
  ///   - invitations: Of each annotator, the secret of an invitation, a name and a password.
  ///   - patience: For how long a server that does not answer is waited for.
  ///   - observe: Told how many judgments were given so far; may throw to stop.
  /// - Returns: What came of it.
  /// - Throws: `EndpointError`; what `observe` throws.
  public func run(
    at address: String, invitations: [(secret: String, name: String, password: String)],
    patience: Duration, observe: @escaping @Sendable (Int) throws -> Void
  ) async throws -> Outcome {
    precondition(invitations.count == pool.annotators.count, "an invitation for each annotator")
    let count = SharedCount()
    let paused = try await withThrowingTaskGroup(of: Bool.self) { group in
      for (annotator, invitation) in zip(pool.annotators, invitations) {
        group.addTask {
          var client = AnnotationClient(address: address, patience: patience)
          try await client.join(
            invitation: invitation.secret, name: invitation.name, password: invitation.password)
          return try await work(annotator, with: client) { try observe(count.increase()) }
        }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    return Outcome(judgments: count.value, paused: paused)
  }

  /// Judges tasks until none is left; gives whether the server paused the annotator.
  private func work(
    _ annotator: SimulatedAnnotator, with client: AnnotationClient,
    report: @Sendable () throws -> Void
  ) async throws -> Bool {
    let judge = GoldJudge(world: world)
    while let task = try await client.nextTask() {
      // By task and annotator, so that neither the order of work nor a kill in between changes a judgment.
      var random = SeededGenerator(seed: seed, purpose: "\(annotator.name)/\(task.number)")
      let prompt = Self.text(task.prompt)
      let shown = task.responses.map { response in
        let text = Self.text(response)
        return Appraisal(
          gold: judge.score(prompt: prompt, completion: text).total,
          words: text.split(whereSeparator: \.isWhitespace).count)
      }
      if pause > .zero { try await Task.sleep(for: pause) }
      let receipt = try await client.give(
        answer(of: annotator, to: shown, strengths: task.strengths, &random), to: task)
      try report()
      if receipt.paused != nil { return true }
    }
    return false
  }

  private func answer(
    of annotator: SimulatedAnnotator, to shown: [Appraisal], strengths: Int,
    _ random: inout SeededGenerator
  ) -> JSONObject {
    guard shown.count == 2 else {
      let ranks = annotator.rank(shown, using: &random)
      return [
        "verdict": .object([
          "kind": .string("ranking"), "ranks": .array(ranks.map { .number(Double($0)) }),
        ])
      ]
    }
    let judgment = annotator.judge(shown[0], shown[1], using: &random)
    let verdict: JSONObject
    switch judgment.choice {
    case .tie: verdict = ["kind": .string("tie")]
    case .first, .second:
      let place = judgment.choice == .first ? 0.0 : 1
      // Who is sure says that the better one is much better.
      let degree = [Confidence.low: 1, .medium: 2, .high: 3][judgment.confidence] ?? 1
      verdict = [
        "kind": .string("prefers"), "response": .number(place),
        "strength": .number(Double(min(degree, strengths))),
      ]
    }
    return [
      "verdict": .object(verdict), "confidence": .string(judgment.confidence.rawValue),
      "active_seconds": .number(judgment.responseTime),
    ]
  }

  private static func text(_ value: JSONValue) -> String {
    guard case .string(let text) = value else { return "" }
    return text
  }
}

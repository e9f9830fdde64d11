internal import Oversight
internal import Synchronization

/// Asks all that reads along, and says what is to be done.
///
///     let filter = SafetyFilter(policy, checks: checks)
///     let verdict = try await filter.verdict(on: .prompt("How do I pick a lock?"))
///     verdict.action                                        // refuse
///
/// Checks are asked at the same time. One finding is enough; a check that fails, or is not done in time,
/// counts as the policy says, and what the others have found by then counts in any case.
public struct SafetyFilter: Sendable {
  /// What is to be done.
  public let policy: SafetyPolicy
  private let checks: [SafetyCheck]
  private let lexicon: Lexicon?
  private let clock: any Clock<Duration>

  /// What the list of words is called in verdicts.
  public static let lexiconName = "lexicon"

  /// A filter.
  ///
  /// - Parameters:
  ///   - policy: What is to be done.
  ///   - checks: What reads along beside the policy's lexicon; of different names.
  ///   - clock: What time is measured by.
  public init(
    _ policy: SafetyPolicy, checks: [SafetyCheck],
    clock: any Clock<Duration> = ContinuousClock()
  ) {
    precondition(Set(checks.map(\.name)).count == checks.count, "two checks of one name")
    (self.policy, self.checks, self.clock) = (policy, checks, clock)
    lexicon =
      switch policy.lexicon {
      case .harm: .harm
      case nil: nil
      }
  }

  /// Reads a text.
  ///
  /// - Parameter subject: The text; where it is empty, or the policy allows its whole stage, nothing is asked.
  /// - Returns: What is to be done with it.
  /// - Throws: `CancellationError` where the caller is cancelled, and nothing else.
  public func verdict(on subject: SafetySubject) async throws -> SafetyVerdict {
    let stage = subject.stage
    guard policy.action(at: stage) != .allow, !subject.text.isEmpty else { return .unread(stage) }
    return try await measured(by: clock, subject)
  }

  private func measured(
    by clock: some Clock<Duration>, _ subject: SafetySubject
  ) async throws -> SafetyVerdict {
    let start = clock.now
    let matches = lexicon?.matches(in: subject.text).map(\.phrase) ?? []
    let answers = Answers()
    var outcome = TimeLimit.Outcome.done
    if !checks.isEmpty {
      let checks = checks
      outcome = try await TimeLimit.run(.seconds(policy.timeLimit), clock: clock) {
        await withTaskGroup { group in
          for check in checks { group.addTask { await answers.ask(check, subject) } }
        }
      }
    }
    return verdict(
      subject.stage, matches: matches, answers: answers.known, isLate: outcome == .timeIsUp,
      seconds: start.duration(to: clock.now) / .seconds(1))
  }

  private func verdict(
    _ stage: SafetyStage, matches: [String], answers: [String: Result<SafetyReading, Failed>],
    isLate: Bool, seconds: Double
  ) -> SafetyVerdict {
    var findings = matches.isEmpty ? [] : [Self.lexiconName]
    var (matches, probabilities) = (matches, [String: Double]())
    var failures: [String] = []
    for check in checks {
      switch answers[check.name] {
      case .success(let reading):
        probabilities[check.name] = reading.probability
        matches += reading.matches.filter { !matches.contains($0) }
        if reading.isPositive { findings.append(check.name) }
      case .failure(let failed): failures.append("'\(check.name)' failed: \(failed.reason)")
      case nil:
        precondition(isLate, "a check that has neither answered nor run out of time")
        failures.append("'\(check.name)' took more than \(policy.timeLimit) s")
      }
    }
    let isStopped = !findings.isEmpty || (!failures.isEmpty && policy.onFailure == .closed)
    let intended = isStopped ? policy.action(at: stage) : .allow
    return SafetyVerdict(
      stage, action: policy.mode == .enforce ? intended : .allow, intended: intended,
      probabilities: probabilities, findings: findings, matches: matches, seconds: seconds,
      failure: failures.isEmpty ? nil : failures.joined(separator: "; "))
  }

  private struct Failed: Error { let reason: String }

  /// What checks have said so far.
  private final class Answers: Sendable {
    private let answers = Mutex([String: Result<SafetyReading, Failed>]())

    var known: [String: Result<SafetyReading, Failed>] { answers.withLock { $0 } }

    func ask(_ check: SafetyCheck, _ subject: SafetySubject) async {
      let answer: Result<SafetyReading, Failed>
      do {
        let readings = try await check.readings([subject.text(for: check.reads)])
        answer =
          if readings.count == 1, (0...1).contains(readings[0].probability) {
            .success(readings[0])
          } else {
            .failure(Failed(reason: "it gave no probability"))
          }
      } catch {
        answer = .failure(Failed(reason: "\(error)"))
      }
      answers.withLock { $0[check.name] = answer }
    }
  }
}

internal import HTTPTypes
internal import Synchronization
internal import WebSupport

/// What one browser has done, and whom the server knows it by.
struct StudioSession: Sendable {
  /// From 1, in the order in which they came: it decides the draws.
  let number: Int
  var pipeline = PipelineState()
  var preferences: PreferenceState
  /// How often something was drawn for it, so that nothing is drawn twice.
  private var draws: UInt64 = 0

  init(number: Int, seed: UInt64, school: PreferenceSchool) {
    self.number = number
    preferences = PreferenceState(seed: seed &+ UInt64(number), school: school)
  }

  /// A number that no other draw of any session has.
  mutating func nextDraw() -> UInt64 {
    draws += 1
    return UInt64(number) << 32 | draws
  }
}

/// All browsers that have come, by the secrets that they show.
final class StudioSessions: Sendable {
  private struct Entry {
    var session: StudioSession
    var lastUse: Int
  }

  private struct State {
    var entries: [String: Entry] = [:]
    var uses = 0
    var count = 0
  }

  /// So many are kept; of more, those that were not used for longest are forgotten.
  static let limit = 64

  private let state = Mutex(State())
  private let seed: UInt64
  let school: PreferenceSchool

  init(seed: UInt64, school: PreferenceSchool) {
    self.seed = seed
    self.school = school
  }

  /// Whether a secret is known.
  func holds(_ secret: Secret) -> Bool {
    state.withLock { $0.entries[secret.digest.text] != nil }
  }

  /// Begins a session.
  func begin(_ secret: Secret) {
    state.withLock { state in
      state.count += 1
      state.uses += 1
      if state.entries.count >= Self.limit,
        let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })?.key
      {
        state.entries[oldest] = nil
      }
      state.entries[secret.digest.text] = Entry(
        session: StudioSession(number: state.count, seed: seed, school: school),
        lastUse: state.uses)
    }
  }

  /// Looks at a session, or changes it.
  ///
  /// - Parameters:
  ///   - secret: What the browser shows.
  ///   - body: What is done.
  /// - Returns: What it returns.
  /// - Throws: `WebFailure` for a session that was forgotten, and what `body` throws.
  func with<Value: Sendable>(
    _ secret: Secret, _ body: (inout StudioSession) throws -> Value
  ) throws -> Value {
    try state.withLock { state in
      let key = secret.digest.text
      guard var entry = state.entries[key] else { throw WebFailure.forgotten }
      state.uses += 1
      entry.lastUse = state.uses
      // What a body that throws has done so far is not kept.
      let value = try body(&entry.session)
      state.entries[key] = entry
      return value
    }
  }
}

extension WebFailure {
  /// A browser that the server does not know, or no longer.
  static let forgotten = WebFailure(
    .unauthorized, code: "session",
    "The studio was started anew and has forgotten this page. Reload it.")
}

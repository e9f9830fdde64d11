/// How much the engine takes on.
public struct EngineSettings: Sendable, Hashable {
  /// Sequences that are sampled at a time, by each model.
  public var slots: Int
  /// Tokens of a sequence at most, with its prompt.
  public var context: Int
  /// Sequences that may wait for a place; more are refused.
  public var maxWaiting: Int
  /// Threads that an operation is split over.
  public var threads: Int

  /// Settings.
  ///
  /// - Parameters:
  ///   - slots: Sequences that are sampled at a time, by each model.
  ///   - context: Tokens of a sequence at most, with its prompt.
  ///   - maxWaiting: Sequences that may wait for a place.
  ///   - threads: Threads that an operation is split over.
  public init(slots: Int = 64, context: Int, maxWaiting: Int = 256, threads: Int) {
    precondition(
      slots > 0 && context > 1 && maxWaiting >= 0 && threads > 0,
      "\(slots) slots of \(context) tokens, \(maxWaiting) waiting, \(threads) threads")
    (self.slots, self.context) = (slots, context)
    (self.maxWaiting, self.threads) = (maxWaiting, threads)
  }
}

/// What the engine has to do at the moment.
public struct EngineLoad: Sendable, Hashable {
  /// Sequences that are being sampled.
  public var running = 0
  /// Sequences that wait for a place.
  public var waiting = 0
  /// How much of the caches is in use, from 0 to 1.
  public var cacheUsage = 0.0

  /// Whether there is nothing to do.
  public var isIdle: Bool { running == 0 && waiting == 0 }
}

/// Why the engine does not take a job.
public enum EngineRefusal: Error, Sendable, Hashable {
  /// As many sequences wait as may.
  case full
  /// It is about to stop.
  case stopping
}

/// What the engine could not do: a job that was under way has no end.
public struct EngineFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong, as a sentence.
  public let reason: String

  /// The reason.
  public var description: String { "the engine failed: \(reason)" }
}

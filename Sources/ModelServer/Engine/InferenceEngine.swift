internal import Dispatch
// Thread is not part of FoundationEssentials.
internal import Foundation
internal import Sampling
internal import Synchronization

/// The models of a server, on a thread of their own: LibTorch's modes and thread counts belong to threads.
///
///     let engine = InferenceEngine(settings)
///     try await engine.start { models in … }              // loads what is served
///     let generation = try engine.generate(job)
///     while let tokens = try await generation.next() { … }
///
/// Requests share batches: each step draws one token for every sequence under way, newcomers join between two
/// steps, and those that end or whose client has left make room at once.
public final class InferenceEngine: Sendable {
  /// How much the engine takes on.
  public let settings: EngineSettings
  private let inbox: EngineInbox

  /// An engine that does not run yet.
  ///
  /// - Parameter settings: How much it takes on.
  public init(_ settings: EngineSettings) {
    self.settings = settings
    inbox = EngineInbox(maxWaiting: settings.maxWaiting)
  }

  /// Starts the thread, and loads.
  ///
  /// - Parameter load: Loads the models, on the engine's thread.
  /// - Throws: What `load` throws; the thread has ended then.
  public func start(_ load: @escaping @Sendable (EngineModels) throws -> Void) async throws {
    try await withCheckedThrowingContinuation { (loaded: CheckedContinuation<Void, any Error>) in
      let thread = Thread { [settings, inbox] in
        let models = EngineModels()
        let loop: EngineLoop
        do {
          try load(models)
          loop = try EngineLoop(models, settings: settings, inbox: inbox)
        } catch {
          inbox.stop()
          loaded.resume(throwing: error)
          return
        }
        loaded.resume()
        loop.run()
      }
      thread.name = "attune engine"
      // As much as a main thread has: LibTorch's own threads are made from here.
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  /// Begins a job.
  ///
  /// - Parameter job: Sequences that fit the context; of an arm whose model is loaded.
  /// - Returns: The job under way.
  /// - Throws: ``EngineRefusal``.
  public func generate(_ job: GenerationJob) throws(EngineRefusal) -> Generation {
    try inbox.submit(job)
  }

  /// Does something with the models, between two steps.
  ///
  /// - Parameter body: Should take no longer than some steps do: everybody waits for it. It is not begun once the task
  ///   is cancelled.
  /// - Returns: What `body` returns.
  /// - Throws: What `body` throws, ``EngineRefusal``, or `CancellationError`.
  public func perform<Value: Sendable>(
    _ body: @escaping @Sendable (EngineModels) throws -> Value
  ) async throws -> Value {
    let result = FirstResult<Value>()
    return try await result.value {
      let isTaken = inbox.submit { models in
        if !result.hasCome { result.come(Result { try body(models) }) }
      }
      if !isTaken { result.come(.failure(EngineRefusal.stopping)) }
    }
  }

  /// What the engine has to do at the moment.
  public var load: EngineLoad { inbox.load }

  /// Ends the thread; jobs under way fail with ``EngineRefusal/stopping``.
  public func stop() { inbox.stop() }
}

public import PreferenceData

/// A model here that completes prompts.
public struct ModelCompleter: Completer {
  private let sampler: Sampler

  /// Completes by a sampler.
  public init(_ sampler: Sampler) { self.sampler = sampler }

  /// Samples one completion a prompt.
  ///
  /// - Parameter prompts: What is continued.
  /// - Returns: The texts, in order.
  /// - Throws: `EngineError`, for instance beyond the positions of the model.
  public func completions(of prompts: [String]) async throws -> [String] {
    try sampler.completions(of: prompts).map { $0[0].text }
  }
}

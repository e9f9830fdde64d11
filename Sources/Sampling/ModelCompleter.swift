public import PreferenceData

/// A model here that completes prompts.
public struct ModelCompleter: Completer {
  private let sampler: Sampler

  /// Completes by a sampler.
  public init(_ sampler: Sampler) { self.sampler = sampler }

  /// Samples one completion a request; the same request gives the same completion, whatever is beside it.
  ///
  /// - Parameter requests: What is continued.
  /// - Returns: The texts, in order.
  /// - Throws: `EngineError`, for instance beyond the positions of the model.
  public func completions(of requests: [CompletionRequest]) async throws -> [String] {
    try sampler.completions(of: requests.map(\.prompt), draws: requests.map(\.draw)).map {
      $0[0].text
    }
  }
}

public import PreferenceData

/// A model here that completes prompts.
public struct ModelCompleter: Completer {
  private let sampler: Sampler

  /// Completes by a sampler.
  public init(_ sampler: Sampler) { self.sampler = sampler }

  public func completions(of prompts: [String]) async throws -> [String] {
    try sampler.completions(of: prompts).map(\.text)
  }
}

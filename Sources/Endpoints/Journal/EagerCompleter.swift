public import PreferenceData

/// A completer that has some answers before others, and hands each on as soon as it is there.
public protocol EagerCompleter: Completer {
  /// Continues many prompts.
  ///
  /// - Parameters:
  ///   - requests: What is continued.
  ///   - each: Takes a completion with the place of its request, each once, in any order; may throw, to
  ///     stop.
  /// - Throws: What the completer cannot do, as a sentence, or what `each` throws.
  func completions(
    of requests: [CompletionRequest], each: (_ place: Int, _ completion: String) throws -> Void
  ) async throws
}

extension EagerCompleter {
  /// Continues many prompts.
  ///
  /// - Parameter requests: What is continued.
  /// - Returns: One completion a request, in order.
  /// - Throws: What the completer cannot do, as a sentence.
  public func completions(of requests: [CompletionRequest]) async throws -> [String] {
    var completions = Array(repeating: "", count: requests.count)
    try await self.completions(of: requests) { completions[$0] = $1 }
    return completions
  }
}

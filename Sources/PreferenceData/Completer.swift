/// Something that continues prompts: a model here, or one behind an endpoint.
public protocol Completer {
  /// Continues many prompts.
  ///
  /// - Parameter prompts: What is continued.
  /// - Returns: One completion a prompt, in order.
  /// - Throws: What the completer cannot do, as a sentence.
  func completions(of prompts: [String]) async throws -> [String]
}

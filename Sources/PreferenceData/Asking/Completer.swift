/// What is to be continued, and which of all possible continuations is drawn.
public struct CompletionRequest: Sendable, Hashable {
  /// What is continued.
  public var prompt: String
  /// Where the draw starts: other numbers give other continuations of one prompt.
  public var draw: UInt64

  /// A request.
  ///
  /// - Parameters:
  ///   - prompt: What is continued.
  ///   - draw: Where the draw starts.
  public init(_ prompt: String, draw: UInt64 = 0) {
    self.prompt = prompt
    self.draw = draw
  }
}

/// Something that continues prompts: a model here, one behind an endpoint, or a program.
public protocol Completer {
  /// Continues many prompts.
  ///
  /// A completion depends on its request alone, as far as the completer can see to it, and not on what is
  /// asked beside or before it.
  ///
  /// - Parameter requests: What is continued.
  /// - Returns: One completion a request, in order.
  /// - Throws: What the completer cannot do, as a sentence.
  func completions(of requests: [CompletionRequest]) async throws -> [String]
}

internal import PreferenceData

/// Writes the events of a streamed response. What they share is put into words once, so that a part
/// costs little more than its own text.
///
/// A chat sends ``opening(choice:)`` for each choice, then any number of parts, then
/// ``ending(choice:_:)`` for each choice; a completion of texts does without openings. Then come
/// ``usage(_:)`` where it was asked for, and ``done``. A stream that breaks sends ``failure(_:)`` and
/// ``done``.
///
/// JSON escapes line ends, so that each event is one field `data`.
public struct ResponseStream: Sendable {
  /// What ends a stream.
  public static let done = "data: [DONE]\n\n"

  let kind: ResponseKind
  /// From `data` to the list of choices.
  private let prefix: String
  private let includesUsage: Bool
  /// What follows the list of choices where there is no number of tokens yet.
  private let suffix: String

  /// A stream.
  ///
  /// - Parameters:
  ///   - head: What the response says of itself.
  ///   - includesUsage: Whether the number of tokens is asked for.
  public init(_ head: ResponseHead, includesUsage: Bool) {
    kind = head.kind
    self.includesUsage = includesUsage
    let shared = JSONValue.object(head.object(named: head.kind.partObject)).wireText
    prefix = "data: \(shared.dropLast()), \"choices\": ["
    suffix = includesUsage ? "], \"usage\": null}\n\n" : "]}\n\n"
  }

  /// The first event of a choice of a chat: who speaks.
  ///
  /// - Parameter index: The choice.
  /// - Returns: The event.
  public func opening(choice index: Int) -> String {
    precondition(kind == .chat, "a text has no opening")
    return event(index, delta: #"{"role": "assistant", "content": ""}"#, logProbabilities: "null")
  }

  /// A piece of a choice.
  ///
  /// - Parameters:
  ///   - text: The piece, of whole characters; may be empty.
  ///   - index: The choice.
  ///   - tokens: The tokens of which it is made, where log probabilities were asked for.
  ///   - offset: How many code points of the choice came before: for `text_offset`.
  /// - Returns: The event.
  public func part(
    _ text: String, choice index: Int, tokens: [GeneratedToken]? = nil, offset: Int = 0
  ) -> String {
    let logProbabilities: String
    if let tokens {
      let value =
        kind == .chat ? LogProbabilities.chat(tokens) : LogProbabilities.text(tokens, from: offset)
      logProbabilities = value.wireText
    } else {
      logProbabilities = "null"
    }
    var quoted = ""
    JSONValue.append(text, to: &quoted)
    let delta = kind == .chat ? "{\"content\": \(quoted)}" : quoted
    return event(index, delta: delta, logProbabilities: logProbabilities)
  }

  /// The last event of a choice: why it ends.
  ///
  /// - Parameters:
  ///   - index: The choice.
  ///   - ending: Why it ends.
  /// - Returns: The event.
  public func ending(choice index: Int, _ ending: ChoiceEnding) -> String {
    event(
      index, delta: kind == .chat ? "{}" : "\"\"", logProbabilities: "null",
      ending: "\"\(ending.rawValue)\"")
  }

  /// The event with the number of tokens, which belongs to no choice.
  ///
  /// - Parameter usage: How many tokens there were.
  /// - Returns: The event; `nil` where it was not asked for.
  public func usage(_ usage: TokenUsage) -> String? {
    includesUsage ? "\(prefix)], \"usage\": \(usage.json.wireText)}\n\n" : nil
  }

  /// The event that says why a stream broke; ``done`` follows.
  ///
  /// - Parameter problem: What happened.
  /// - Returns: The event.
  public static func failure(_ problem: RequestProblem) -> String { "data: \(problem.json)\n\n" }

  private func event(
    _ index: Int, delta: String, logProbabilities: String, ending: String = "null"
  ) -> String {
    var event = prefix
    event.reserveCapacity(prefix.utf8.count + delta.utf8.count + logProbabilities.utf8.count + 160)
    event += "{\"index\": "
    event += String(index)
    event += kind == .chat ? ", \"delta\": " : ", \"text\": "
    event += delta
    event += ", \"logprobs\": "
    event += logProbabilities
    event += ", \"finish_reason\": "
    event += ending
    event += "}"
    event += suffix
    return event
  }
}

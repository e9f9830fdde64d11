/// Why a server of completions gave no use, where it answered. Each renders as a sentence.
public enum CompletionError: Error, Sendable, Hashable {
  /// An answer that is an error.
  case failed(address: String, message: String)
  /// A choice that has no text.
  case noText(address: String, finishReason: String?)
  /// An answer that a filter has held back.
  case withheld(address: String, prompt: String)
  /// No log probability of any option.
  case noLogProbabilities(address: String, api: CompletionAPI, options: [String], seen: [String])
  /// No vote that names an option.
  case noVotes(address: String, votes: Int, options: [String], first: String)
  /// Options that cannot be told apart in what a model writes.
  case unnamedOptions([String])
  /// The answers have cost as much as they may.
  case limitReached(cost: Double, limit: Double)
  /// What the answers cost cannot be known.
  case noUsage(limit: Double)
}

extension CompletionError: CustomStringConvertible {
  /// A full sentence that says what was seen and what to do next.
  public var description: String {
    switch self {
    case .failed(let address, let message):
      "\(address) answered with the error \"\(message.oneLine(limit: 200))\"; check what the server "
        + "expects"
    case .noText(let address, let reason):
      "\(address) gave an answer without a text\(Self.named(reason)); \(Self.advice(reason))"
    case .withheld(let address, let prompt):
      "a filter of \(address) held back what follows \"\(Self.end(of: prompt))\" (finish_reason "
        + "content_filter); leave that prompt out, or ask a server that does not filter"
    case .noLogProbabilities(let address, let api, let options, let seen):
      "\(address) gave no log probability of \(Self.list(options)) \(Self.instead(seen)); use a "
        + "checkpoint on this machine, \(api == .chat ? "the text api" : "the chat api"), or votes"
    case .noVotes(let address, let votes, let options, let first):
      "\(address) named none of \(Self.list(options)) in \(votes) completions, the first of which is "
        + "\"\(first.oneLine(limit: 120))\"; ask a model that does as it is told, or one on this "
        + "machine"
    case .unnamedOptions(let options):
      "the options \(Self.list(options)) cannot be told apart by their letters and digits, which is "
        + "how a server is asked about them; use a checkpoint on this machine"
    case .limitReached(let cost, let limit):
      "the answers have cost \(Self.short(cost)) so far, and the limit is \(Self.short(limit)); "
        + "raise the limit to go on: what a journal has kept is not asked again"
    case .noUsage(let limit):
      "the server does not say how many tokens its answers take ('usage'), so that the limit of "
        + "\(Self.short(limit)) cannot be kept; leave the limit out, or use another server"
    }
  }

  private static func named(_ reason: String?) -> String {
    reason.map { " (finish_reason \($0.oneLine(limit: 40)))" } ?? ""
  }

  private static func advice(_ reason: String?) -> String {
    reason == "length"
      ? "allow more tokens: the model may have used them all to think"
      : "ask for another model, or see the server's own log"
  }

  private static func instead(_ seen: [String]) -> String {
    seen.isEmpty
      ? "or of any token"
      : "among its most probable tokens, such as \(list(Array(seen.prefix(5))))"
  }

  private static func list(_ texts: [String]) -> String {
    texts.map { "\"\($0.oneLine(limit: 40))\"" }.joined(separator: ", ")
  }

  /// The end of a text: prompts often begin alike.
  private static func end(of text: String) -> String {
    let scalars = text.unicodeScalars
    return (scalars.count > 80 ? "…" : "") + String(scalars.suffix(80)).oneLine(limit: 80)
  }

  /// Six decimals at most.
  private static func short(_ number: Double) -> String {
    let rounded = (number * 1e6).rounded() / 1e6
    return Int(exactly: rounded).map(String.init) ?? "\(rounded)"
  }
}

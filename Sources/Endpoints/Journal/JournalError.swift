/// Why a journal of answers is of no use. Each renders as a sentence.
public enum JournalError: Error, Sendable, Hashable {
  /// Somebody else writes it.
  case inUse(path: String)
  /// A line of it is no answer.
  case damaged(path: String, line: Int, content: String)
  /// A model gave what is no log probability.
  case notLogProbabilities(options: [String], seen: [Double])
}

extension JournalError: CustomStringConvertible {
  /// A full sentence that says what was seen and what to do next.
  public var description: String {
    switch self {
    case .inUse(let path):
      "\(path): another process is writing this journal of answers; wait for it, or name another "
        + "file"
    case .damaged(let path, let line, let content):
      "\(path):\(line): saw \"\(content.oneLine(limit: 80))\", which is no answer as a journal has "
        + "it; remove the line if the others are answers, else name another file"
    case .notLogProbabilities(let options, let seen):
      "the model gave \(seen.map { "\($0)" }.joined(separator: ", ")) as the log probabilities of "
        + options.map { "\"\($0.oneLine(limit: 40))\"" }.joined(separator: ", ")
        + "; each must be a number or −∞, and one must be finite: the model or its input may be "
        + "broken"
    }
  }
}

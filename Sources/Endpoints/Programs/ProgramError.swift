/// Why a program that answers in JSON lines gave no use. Each renders as a sentence.
public enum ProgramError: Error, Sendable, Hashable {
  /// How a program ended.
  public enum End: Sendable, Hashable {
    /// It exited with a status.
    case status(Int32)
    /// A signal ended it.
    case signal(Int32)
    /// It closed its standard output and ran on.
    case closedOutput
  }

  /// No process could be made.
  case cannotStart(command: String, reason: String)
  /// It ended before all rows were answered.
  case ended(command: String, End, answered: Int, rows: Int, lastErrors: String)
  /// It did not answer in time.
  case timedOut(command: String, limit: Duration, answered: Int, rows: Int, lastErrors: String)
  /// A line of its output is no JSON.
  case notJSON(command: String, row: Int, line: String)
  /// A line of its output is JSON without what was asked for.
  case wrongAnswer(command: String, row: Int, line: String, allowed: String)
  /// It wrote more than one line a row.
  case unasked(command: String, rows: Int, line: String)
  /// A line has no end.
  case endlessLine(command: String, row: Int, bytes: Int)
}

extension ProgramError: CustomStringConvertible {
  /// A full sentence that says what was seen and what to do next.
  public var description: String {
    switch self {
    case .cannotStart(let command, let reason):
      return "the program \(named(command)) cannot be started: \(reason)"
    case .ended(let command, let end, let answered, let rows, let lastErrors):
      return
        "the program \(named(command)) \(end.words) after \(answered) of \(rows) answers; it must "
        + "answer every line that it reads, and end only with its input\(quoted(lastErrors))"
    case .timedOut(let command, let limit, let answered, let rows, let lastErrors):
      return
        "the program \(named(command)) gave no answer within \(limit.words), after \(answered) of "
        + "\(rows) answers, and was stopped; allow more time, or see that it writes out each line at "
        + "once (python3 -u, or flush)\(quoted(lastErrors))"
    case .notJSON(let command, let row, let line):
      return "the program \(named(command)) answered row \(row + 1) with a line that is no JSON: "
        + "\"\(shown(line))\"; its standard output must have one JSON object a row and nothing else"
    case .wrongAnswer(let command, let row, let line, let allowed):
      return "the program \(named(command)) answered row \(row + 1) with \"\(shown(line))\"; "
        + "it must answer \(allowed)"
    case .unasked(let command, let rows, let line):
      return "the program \(named(command)) wrote a line that no row asked for, beyond \(rows) "
        + "answers: \"\(shown(line))\"; it must answer each line with exactly one"
    case .endlessLine(let command, let row, let bytes):
      return "the program \(named(command)) answered row \(row + 1) with more than \(bytes) bytes "
        + "without the end of a line; it must answer with one JSON object a line"
    }
  }

  private func named(_ command: String) -> String { "'\(command.oneLine(limit: 80))'" }

  private func shown(_ line: String) -> String { line.oneLine(limit: 120) }

  private func quoted(_ errors: String) -> String {
    let lines = errors.split(whereSeparator: \.isNewline).suffix(5)
    if lines.isEmpty { return "; it wrote nothing to its standard error" }
    return "; the end of its standard error:"
      + lines.map { "\n    \($0.oneLine(limit: 200))" }.joined()
  }
}

extension ProgramError.End {
  fileprivate var words: String {
    switch self {
    case .status(let status): "ended with status \(status)"
    case .signal(let signal): "was ended by signal \(signal)"
    case .closedOutput: "closed its standard output"
    }
  }
}

extension Duration {
  /// The seconds as people write them.
  var words: String {
    let seconds = Double(components.seconds) + Double(components.attoseconds) * 1e-18
    let number = Int(exactly: seconds).map(String.init) ?? "\(seconds)"
    return number == "1" ? "1 second" : "\(number) seconds"
  }
}

internal import Dispatch
public import PreferenceData
internal import Synchronization

/// A program that reads one JSON object a line and answers each with one JSON object a line, in the
/// same order.
///
///     let program = JSONLinesProgram(command: "python3 -u judge.py")
///     let scores = try await program.numbers("score", for: rows, within: .seconds(60))
///
/// The program is started with the first batch, by `/bin/sh -c`, and serves all others; after an
/// error it is stopped, and the next batch starts it again. Rows are written while answers are read,
/// so that no batch is too large for the pipes between. It runs in a process group of its own, which
/// is ended, by force if need be, when this value goes away. Batches wait for one another.
public final class JSONLinesProgram: Sendable {
  /// What the shell runs.
  public let command: String
  private let child = Mutex<ChildProcess?>(nil)
  /// Exchanges block a thread, which none of the concurrency pool's may be.
  private let queue = DispatchQueue(label: "attune.json-lines-program")

  /// A program that was not started yet.
  ///
  /// - Parameter command: What the shell runs.
  public init(command: String) {
    self.command = command
  }

  /// Asks for a number a row.
  ///
  /// - Parameters:
  ///   - field: The field of an answer that has the number, or null.
  ///   - rows: What is asked about; finite numbers.
  ///   - limit: How long all rows may take together.
  /// - Returns: One number a row, `nil` for null.
  /// - Throws: ``ProgramError``, or `CancellationError` after the program was stopped.
  public func numbers(
    _ field: String, for rows: [JSONObject], within limit: Duration
  ) async throws -> [Double?] {
    try await ask(
      rows, within: limit, expecting: { _ in "an object with a number, or null, as '\(field)'" }
    ) { object, _ in
      switch object[field] {
      case .number(let number): .some(.some(number))
      case .null: .some(nil)
      default: nil
      }
    }
  }

  /// Asks for an object a row.
  ///
  /// - Parameters:
  ///   - rows: What is asked about; finite numbers.
  ///   - limit: How long all rows may take together.
  /// - Returns: One object a row.
  /// - Throws: ``ProgramError``, or `CancellationError` after the program was stopped.
  public func answers(
    to rows: [JSONObject], within limit: Duration
  ) async throws -> [JSONObject] {
    try await ask(rows, within: limit, expecting: { _ in "an object" }) { object, _ in object }
  }

  /// Asks for anything a row.
  ///
  /// - Parameters:
  ///   - rows: What is asked about; finite numbers.
  ///   - limit: How long all rows may take together.
  ///   - allowed: What is an answer to the row of that place, in words.
  ///   - read: Reads the answer to the row of that place; `nil` where it is none.
  /// - Returns: One answer a row.
  /// - Throws: ``ProgramError``, or `CancellationError` after the program was stopped.
  func ask<Answer: Sendable>(
    _ rows: [JSONObject], within limit: Duration,
    expecting allowed: @escaping @Sendable (_ row: Int) -> String,
    _ read: @escaping @Sendable (_ answer: JSONObject, _ row: Int) -> Answer?
  ) async throws -> [Answer] {
    guard !rows.isEmpty else { return [] }
    let input = lines(rows)
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        queue.async {
          let result = Result {
            try self.exchange(
              LineExchange(
                command: self.command, input: input, rows: rows.count, limit: limit,
                cancellation: cancellation),
              expecting: allowed, read)
          }
          continuation.resume(with: result)
        }
      }
    } onCancel: {
      cancellation.cancel()
    }
  }

  /// Runs an exchange with the child, which lives on only if all went well.
  private func exchange<Answer: Sendable>(
    _ exchange: LineExchange, expecting allowed: @Sendable (Int) -> String,
    _ read: @Sendable (JSONObject, Int) -> Answer?
  ) throws -> [Answer] {
    try child.withLock { child in
      let process = try child ?? ChildProcess(command: command)
      child = nil
      var answers: [Answer] = []
      try exchange.run(with: process) { line throws(ProgramError) in
        let row = answers.count
        guard let value = JSONValue(parsing: Array(line)) else {
          throw .notJSON(command: command, row: row, line: String(decoding: line, as: UTF8.self))
        }
        guard case .object(let object) = value, let answer = read(object, row) else {
          throw .wrongAnswer(
            command: command, row: row, line: String(decoding: line, as: UTF8.self),
            allowed: allowed(row))
        }
        answers.append(answer)
      }
      child = process
      return answers
    }
  }

  private func lines(_ rows: [JSONObject]) -> [UInt8] {
    var bytes: [UInt8] = []
    for row in rows {
      guard let text = JSONValue.object(row).text else {
        preconditionFailure("a row has a number that is not finite")
      }
      bytes.append(contentsOf: text.utf8)
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }
}

/// Whether a task that waits was cancelled.
final class Cancellation: Sendable {
  private let flag = Atomic(false)

  func cancel() { flag.store(true, ordering: .relaxed) }

  var isCancelled: Bool { flag.load(ordering: .relaxed) }
}

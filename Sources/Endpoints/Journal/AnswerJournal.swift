internal import PreferenceData
internal import RunRecords
internal import Synchronization

/// A file of what models were asked and have answered, so that nothing is asked, or paid for, twice.
///
/// Each line is an answer:
///
///     {"model": "…", "prompt": "…", "draw": "0", "completion": "…"}
///     {"model": "…", "text": "…", "options": [" (A)", " (B)"], "log_probabilities": [-0.1, null]}
///
/// It is written as soon as the answer is there, in one call to the operating system, so that a
/// process that is killed loses what it was waiting for and nothing else. An answer belongs to a
/// question that is the same to the byte, of a model of the same name; those of other models stay
/// in the file and are passed over. One process at a time writes a journal.
public final class AnswerJournal: Sendable {
  /// The file.
  public let path: String
  private let lines: AppendedLines
  private let state: Mutex<State>

  private struct State {
    var answers: [Key: JSONValue]
    var recalled = 0
    var added = 0
  }

  /// A question and who was asked, as bytes: two texts may be equal to Swift and not to a tokenizer.
  struct Key: Hashable {
    private let bytes: [UInt8]

    init(_ question: some JournaledQuestion, of model: String) {
      bytes = AnswerJournal.line(question, of: model, answer: nil)
    }
  }

  /// Opens a journal, or begins one.
  ///
  /// A last line that a kill has cut short counts as not written, and is removed.
  ///
  /// - Parameter path: Its file, in a folder that exists.
  /// - Throws: ``JournalError``, or `RunRecordError` where the file cannot be opened.
  public init(path: String) throws {
    guard let lines = try AppendedLines(path: path) else { throw JournalError.inUse(path: path) }
    let bytes = try lines.contents()
    var answers: [Key: JSONValue] = [:]
    let whole = (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    // The last piece is empty, or what stands after the last line feed.
    let pieces = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in pieces.dropLast().enumerated() {
      guard let entry = Self.entry(line) else {
        throw JournalError.damaged(
          path: path, line: index + 1, content: String(decoding: line, as: UTF8.self))
      }
      if answers[entry.key] == nil { answers[entry.key] = entry.answer }
    }
    let rest = bytes[whole...]
    // What is no beginning of an answer belongs to somebody, and is not to be removed.
    guard zip(rest, Self.opening.utf8).allSatisfy({ $0 == $1 }) else {
      throw JournalError.damaged(
        path: path, line: pieces.count, content: String(decoding: rest, as: UTF8.self))
    }
    if !rest.isEmpty { try lines.cut(to: whole) }
    self.path = path
    self.lines = lines
    state = Mutex(State(answers: answers))
  }

  /// How many answers it holds, those of other models too.
  public var count: Int { state.withLock { $0.answers.count } }

  /// How many questions it has answered since it was opened, without anybody being asked.
  public var recalled: Int { state.withLock { $0.recalled } }

  /// How many answers were added since it was opened.
  public var added: Int { state.withLock { $0.added } }

  /// An answer that is there.
  ///
  /// - Parameters:
  ///   - question: What is asked.
  ///   - key: The question's key.
  /// - Returns: `nil` where there is none.
  func answer<Question: JournaledQuestion>(
    to question: Question, _ key: Key
  ) -> Question.Answer? {
    state.withLock { $0.answers[key] }.map { value in
      guard let answer = question.read(value) else { preconditionFailure("an answer of another") }
      return answer
    }
  }

  /// Counts questions that were answered without asking.
  ///
  /// - Parameter count: How many.
  func recall(_ count: Int) { state.withLock { $0.recalled += count } }

  /// Adds an answer; of two to one question the first one stays.
  ///
  /// - Parameters:
  ///   - answer: What was answered.
  ///   - question: What was asked.
  ///   - model: Who was asked.
  /// - Throws: ``JournalError/notLogProbabilities(options:seen:)``, or `RunRecordError` where the disk
  ///   does not take it.
  func add<Question: JournaledQuestion>(
    _ answer: Question.Answer, to question: Question, of model: String
  ) throws {
    guard let value = question.written(answer) else {
      throw JournalError.notLogProbabilities(
        options: (question as? OptionQuestion)?.options ?? [], seen: answer as? [Double] ?? [])
    }
    let key = Key(question, of: model)
    let line = Self.line(question, of: model, answer: value)
    try state.withLock { state in
      guard state.answers[key] == nil else { return }
      try lines.append(String(decoding: line, as: UTF8.self))
      state.answers[key] = value
      state.added += 1
    }
  }

  /// What every line begins with.
  private static let opening = "{\"model\": \""

  private static func line<Question: JournaledQuestion>(
    _ question: Question, of model: String, answer: JSONValue?
  ) -> [UInt8] {
    var members: JSONObject = ["model": .string(model)]
    for member in question.asked.members { members.set(member.name, to: member.value) }
    if let answer { members.set(Question.answerName, to: answer) }
    guard let text = JSONValue.object(members).text else {
      preconditionFailure("a question or answer has a number that is not finite")
    }
    return Array(text.utf8)
  }

  private static func entry(_ line: ArraySlice<UInt8>) -> (key: Key, answer: JSONValue)? {
    guard case .object(let members) = JSONValue(parsing: Array(line)) else { return nil }
    return entry(CompletionRequest.self, members) ?? entry(OptionQuestion.self, members)
  }

  private static func entry<Question: JournaledQuestion>(
    _ type: Question.Type, _ members: JSONObject
  ) -> (key: Key, answer: JSONValue)? {
    guard case .string(let model) = members["model"], let question = Question(asked: members),
      let answer = members[Question.answerName], question.read(answer) != nil
    else { return nil }
    return (Key(question, of: model), answer)
  }
}

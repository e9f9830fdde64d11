public import AnnotationStore
internal import Crypto
public import Foundation
public import Logging
internal import NIOPosix
internal import PreferenceData
internal import RunRecords

/// What a server keeps of its answers, and what people say about them: a folder with `feedback.sqlite` and
/// `responses.jsonl`, which `attune monitor` reads.
///
/// Answers are written many at a time, behind the requests; feedback is on the disk before it is acknowledged, and so
/// is the answer that it is about. Users are kept as keyed hashes: without the folder's key nobody can tell who they are.
public actor ResponseStore {
  /// The feedback.
  nonisolated let feedback: FeedbackStore
  private nonisolated let log: AppendedLines
  private nonisolated let key: SymmetricKey
  private nonisolated let logger: Logger
  private var pending: [Entry] = []
  /// What writes ``pending``, once it has come to the batch before.
  private var writing: Task<Void, Never>?

  /// Answers that wait to be written at most; beyond it the disk is out of order.
  private static let mostPending = 10_000

  /// A choice of an answer.
  private struct Entry: Sendable {
    let response: ServedResponse
    let answer: Answer
    let choice: Answer.Choice
    let key: String
  }

  /// The files of a folder.
  static let (logName, feedbackName, keyName) = (
    "responses.jsonl", "feedback.sqlite", "users.key"
  )

  /// Opens a folder, or makes it.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - scope: Which texts are scrubbed of personal data.
  ///   - logger: Where it is said that something could not be kept.
  ///   - now: The present moment.
  /// - Throws: `FeedbackError`, `RunRecordError`; ``ResponseStoreError`` where another server has the folder.
  public init(
    _ folder: String, scope: FeedbackStore.ScrubbingScope, logger: Logger, now: Date
  ) throws {
    // What people have said to a model is for nobody else to read.
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    guard let log = try AppendedLines(path: "\(folder)/\(Self.logName)") else {
      throw ResponseStoreError.held(folder: folder)
    }
    (self.log, self.logger) = (log, logger)
    feedback = try FeedbackStore(at: "\(folder)/\(Self.feedbackName)", scope: scope, now: now)
    key = try Self.key("\(folder)/\(Self.keyName)")
  }

  /// The key of the users' hashes; `nil` where it was not made yet.
  static func existingKey(_ path: String) -> SymmetricKey? {
    guard let data = FileManager.default.contents(atPath: path), data.count == 32 else {
      return nil
    }
    return SymmetricKey(data: data)
  }

  /// The key of the users' hashes, made when it is needed first.
  private static func key(_ path: String) throws -> SymmetricKey {
    if let key = existingKey(path) { return key }
    let key = SymmetricKey(size: .bits256)
    let data = key.withUnsafeBytes { Data($0) }
    guard
      FileManager.default.createFile(
        atPath: path, contents: data, attributes: [.posixPermissions: 0o600])
    else { throw ResponseStoreError.key(path: path) }
    return key
  }

  /// Who a user is, without saying it: HMAC-SHA256 of the name.
  nonisolated func hash(of user: String) -> String { Self.hash(of: user, key) }

  static func hash(of user: String, _ key: SymmetricKey) -> String {
    HMAC<SHA256>.authenticationCode(for: Data(user.utf8), using: key)
      .prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  // MARK: Answers

  /// Keeps an answer: one row a choice. It returns at once.
  func add(_ prepared: PreparedRequest, _ answer: Answer, key: String) {
    guard pending.count < Self.mostPending else {
      logger.error("an answer was not kept: \(pending.count) wait to be written already")
      return
    }
    let user = prepared.request.user.map(hash)
    if pending.isEmpty { writing = Task { [writing] in await write(after: writing) } }
    for (index, choice) in answer.choices.enumerated() {
      pending.append(
        Entry(
          response: ServedResponse(prepared, answer, index, user: user), answer: answer,
          choice: choice, key: key))
    }
  }

  /// Writes what has come together while the batch before was written.
  private func write(after earlier: Task<Void, Never>?) async {
    await earlier?.value
    let entries = pending
    pending = []
    do {
      try await NIOThreadPool.singleton.runIfActive { [feedback, log] in
        // Both files have the same texts: those that may be kept.
        let kept = entries.map { feedback.scrubbed($0.response) }
        try feedback.record(kept)
        let lines = zip(kept, entries).map { $0.logLine($1.answer, $1.choice, key: $1.key) }
        try log.append(lines.joined(separator: "\n"))
      }
    } catch {
      logger.error("\(entries.count) answers were not kept: \(error)")
    }
  }

  /// Waits until all answers so far are on the disk.
  public func flush() async {
    await writing?.value
  }

  // MARK: Feedback

  /// Keeps what somebody says about an answer.
  ///
  /// - Parameter given: The feedback.
  /// - Returns: Whether it is new, and the answer that it is about.
  /// - Throws: `FeedbackError`; an error of SQLite.
  func give(_ given: Feedback) async throws -> (FeedbackReceipt, ServedResponse?) {
    await flush()
    return try await NIOThreadPool.singleton.runIfActive { [feedback] in
      (try feedback.give(given), try feedback.response(given.response))
    }
  }

  /// Takes feedback back.
  func withdraw(response: String, name: String, identifier: String, now: Date) async throws {
    await flush()
    try await NIOThreadPool.singleton.runIfActive { [feedback] in
      try feedback.withdraw(response: response, name: name, identifier: identifier, now: now)
    }
  }
}

/// Why a folder of answers cannot be used, as a sentence.
public enum ResponseStoreError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Another server has it.
  case held(folder: String)
  /// The key of the users' hashes cannot be written.
  case key(path: String)
  /// There is no key of the users' hashes.
  case noKey(path: String)

  /// What was seen and what to do.
  public var description: String {
    switch self {
    case .held(let folder):
      "\(folder): another server keeps its answers there; stop it, or give another folder"
    case .key(let path): "\(path): cannot be written; check that you may write there"
    case .noKey(let path):
      "\(path): is missing or damaged, and without it nobody can tell which answers were a user's; put it "
        + "back from a copy"
    }
  }
}

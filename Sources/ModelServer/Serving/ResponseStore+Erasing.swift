public import AnnotationStore
public import Foundation
internal import PreferenceData
internal import RunRecords

extension ResponseStore {
  /// What is to be erased.
  public enum Erasure: Sendable, Hashable {
    /// All that a user was given and has said, by the name that requests have as `user`.
    case user(String)
    /// All answers that were given before a moment, with what was said about them.
    case before(Date)
  }

  /// What was erased from the files of a folder.
  public struct Erased: Sendable, Hashable {
    /// From the store of feedback.
    public let feedback: FeedbackErasure
    /// Lines of the log; those that cannot be read are among them.
    public let lines: Int

    /// What was erased.
    ///
    /// - Parameters:
    ///   - feedback: From the store of feedback.
    ///   - lines: Lines of the log.
    public init(feedback: FeedbackErasure, lines: Int) {
      self.feedback = feedback
      self.lines = lines
    }
  }

  /// Removes answers for good, with all that was said about them. A second time nothing is left to remove.
  ///
  /// - Parameters:
  ///   - erasure: What is to be erased.
  ///   - folder: The folder, which no server has open.
  /// - Returns: What went.
  /// - Throws: ``ResponseStoreError`` where a server has the folder, or nobody can tell who users are;
  ///   `FeedbackError`, `RunRecordError`; an error of SQLite.
  public static func erase(_ erasure: Erasure, from folder: String) throws -> Erased {
    let store = try FeedbackStore(existingAt: "\(folder)/\(feedbackName)")
    let path = "\(folder)/\(logName)"
    guard let log = try AppendedLines(path: path) else {
      throw ResponseStoreError.held(folder: folder)
    }
    let feedback: FeedbackErasure
    let isErased: (JSONObject) -> Bool
    switch erasure {
    case .user(let name):
      guard let key = existingKey("\(folder)/\(keyName)") else {
        throw ResponseStoreError.noKey(path: "\(folder)/\(keyName)")
      }
      let user = hash(of: name, key)
      feedback = try store.erase(user: user)
      isErased = { $0["user"] == .string(user) }
    case .before(let date):
      feedback = FeedbackErasure(responses: try store.purge(olderThan: date))
      isErased = { row in
        guard case .string(let time) = row["time"],
          let moment = try? Date(time, strategy: .iso8601)
        else { return true }
        return moment < date
      }
    }
    let lines = try log.contents().split(separator: UInt8(ascii: "\n"))
    let kept = lines.filter { line in
      guard case .object(let row) = JSONValue(parsing: Array(line)) else { return false }
      return !isErased(row)
    }
    if kept.count < lines.count {
      try AtomicFile.write(kept.flatMap { $0 + [UInt8(ascii: "\n")] }, to: path)
    }
    return Erased(feedback: feedback, lines: lines.count - kept.count)
  }
}

public import Foundation
internal import GRDB
internal import PreferenceData

extension FeedbackStore {
  /// Keeps responses, all or none. One whose id is there already stays as it was.
  ///
  /// - Parameter responses: The responses.
  /// - Returns: How many are new.
  /// - Throws: An error of SQLite.
  @discardableResult
  public func record(_ responses: [ServedResponse]) throws -> Int {
    let kept = responses.map(scrubbed)
    return try database.write { database in
      try kept.reduce(0) { $0 + (try $1.insert(into: database) ? 1 : 0) }
    }
  }

  /// A response as this store keeps it.
  ///
  /// - Parameter response: The response as it was given.
  /// - Returns: The response, without personal data where the store's scope is everything.
  public func scrubbed(_ response: ServedResponse) -> ServedResponse {
    guard scope == .everything else { return response }
    var copy = response
    copy.prompt = scrubber.scrub(response.prompt).passage
    copy.completion = scrubber.scrub(response.completion).text
    return copy
  }

  /// Takes feedback. Texts are kept without personal data.
  ///
  /// - Parameter feedback: What is said.
  /// - Returns: Whether it is new, the same again, or a change of mind.
  /// - Throws: ``FeedbackError``; an error of SQLite.
  @discardableResult
  public func give(_ feedback: Feedback) throws -> FeedbackReceipt {
    // Before scrubbing, so that nobody has to wait for texts that are too long anyway.
    try feedback.validate()
    let feedback = feedback.scrubbed(by: scrubber)
    guard feedback.saysSomething else { throw FeedbackError.nothingSaid }
    return try database.write { database in
      try database.check(feedback)
      let earlier = try database.feedback(
        of: feedback.response, feedback.name, feedback.identifier)
      guard let earlier else {
        try database.insert(feedback)
        return .new
      }
      if feedback.saysTheSame(as: earlier) { return .same }
      try database.end(earlier, at: feedback.createdAt)
      try database.insert(feedback)
      return .changed
    }
  }

  /// Takes feedback back; what was said stays in the history until the response goes.
  ///
  /// - Parameters:
  ///   - response: The response that is spoken of.
  ///   - name: What kind of feedback it is.
  ///   - identifier: Who or what has given it.
  ///   - now: The present moment.
  /// - Throws: ``FeedbackError/noFeedback(response:name:identifier:)``; an error of SQLite.
  public func withdraw(response: String, name: String, identifier: String, now: Date) throws {
    try database.write { database in
      guard let feedback = try database.feedback(of: response, name, identifier) else {
        throw FeedbackError.noFeedback(response: response, name: name, identifier: identifier)
      }
      try database.end(feedback, at: now)
    }
  }
}

extension Database {
  fileprivate func prompt(of response: String) throws -> String? {
    try String.fetchOne(
      self, sql: "SELECT prompt FROM response WHERE id = ?", arguments: [response])
  }

  fileprivate func check(_ feedback: Feedback) throws {
    guard let prompt = try prompt(of: feedback.response) else {
      throw FeedbackError.unknownResponse(feedback.response)
    }
    guard let preferred = feedback.preferredID else { return }
    guard let other = try self.prompt(of: preferred) else {
      throw FeedbackError.unknownPreferred(preferred)
    }
    // By bytes: Swift takes composed and decomposed characters for the same.
    guard other.utf8.elementsEqual(prompt.utf8) else {
      throw FeedbackError.otherPrompt(response: feedback.response, preferred: preferred)
    }
  }

  fileprivate func feedback(
    of response: String, _ name: String, _ identifier: String
  ) throws -> Feedback? {
    try Row.fetchOne(
      self,
      sql: "SELECT * FROM feedback WHERE responseID = ? AND name = ? AND identifier = ?",
      arguments: [response, name, identifier]
    ).map { try Feedback($0) }
  }

  fileprivate func insert(_ feedback: Feedback) throws {
    try execute(
      sql: """
        INSERT INTO feedback (responseID, name, identifier, rating, label, score, preferredID, comment,
          correction, tags, consent, createdAt)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        feedback.response, feedback.name, feedback.identifier, feedback.rating, feedback.label,
        feedback.score, feedback.preferredID, feedback.comment, feedback.correction,
        try feedback.tags.json(), feedback.consent, feedback.createdAt.stamp,
      ])
  }

  /// Moves feedback into the history.
  fileprivate func end(_ feedback: Feedback, at now: Date) throws {
    let columns = """
      responseID, name, identifier, rating, label, score, preferredID, comment, correction, tags, consent,
      createdAt
      """
    let key: StatementArguments = [feedback.response, feedback.name, feedback.identifier]
    try execute(
      sql: """
        INSERT INTO earlierFeedback (\(columns), endedAt) SELECT \(columns), ? FROM feedback
        WHERE responseID = ? AND name = ? AND identifier = ?
        """, arguments: [now.stamp] + key)
    try execute(
      sql: "DELETE FROM feedback WHERE responseID = ? AND name = ? AND identifier = ?",
      arguments: key)
  }
}

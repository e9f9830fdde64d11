public import Foundation
internal import GRDB
public import PreferenceData

/// A response that a server has given, with what is needed to learn from it later.
public struct ServedResponse: Sendable, Hashable {
  /// What no other response is called, such as `chatcmpl-…`.
  public var id: String
  /// When it was given.
  public var createdAt: Date
  /// The model by the name under which it is served.
  public var model: String
  /// The version of the policy: the fingerprint of its weights.
  public var policy: String
  /// The arm of a canary that has answered; `nil` without a canary.
  public var arm: String?
  /// How the canary has assigned it, as JSON that is kept as it is.
  public var exposure: String?
  /// A hash of the user; `nil` where nothing tells users apart.
  public var user: String?
  /// What was asked.
  public var prompt: Passage
  /// What was answered.
  public var completion: String
  /// Why it ends: `stop`, `length` or `content_filter`.
  public var finishReason: String
  /// Tokens of the prompt.
  public var promptTokens: Int
  /// Tokens of the completion.
  public var completionTokens: Int
  /// The response in place of which this one was asked for; `nil` for a first one.
  public var regenerates: String?
  /// What the safety classifiers said, as JSON that is kept as it is.
  public var safety: String?

  /// A response.
  ///
  /// - Parameters:
  ///   - id: What no other response is called.
  ///   - createdAt: When it was given.
  ///   - model: The model by the name under which it is served.
  ///   - policy: The version of the policy.
  ///   - arm: The arm of a canary that has answered.
  ///   - exposure: How the canary has assigned it, as JSON.
  ///   - user: A hash of the user.
  ///   - prompt: What was asked.
  ///   - completion: What was answered.
  ///   - finishReason: Why it ends.
  ///   - promptTokens: Tokens of the prompt.
  ///   - completionTokens: Tokens of the completion.
  ///   - regenerates: The response in place of which this one was asked for.
  ///   - safety: What the safety classifiers said, as JSON.
  public init(
    id: String, createdAt: Date, model: String, policy: String, arm: String? = nil,
    exposure: String? = nil, user: String? = nil, prompt: Passage, completion: String,
    finishReason: String, promptTokens: Int, completionTokens: Int, regenerates: String? = nil,
    safety: String? = nil
  ) {
    self.id = id
    self.createdAt = createdAt
    self.model = model
    self.policy = policy
    self.arm = arm
    self.exposure = exposure
    self.user = user
    self.prompt = prompt
    self.completion = completion
    self.finishReason = finishReason
    self.promptTokens = promptTokens
    self.completionTokens = completionTokens
    self.regenerates = regenerates
    self.safety = safety
  }
}

extension ServedResponse {
  init(_ row: Row) {
    self.init(
      id: row["id"], createdAt: Date(stamp: row["createdAt"]), model: row["model"],
      policy: row["policy"], arm: row["arm"], exposure: row["exposure"], user: row["user"],
      prompt: Passage(json: row["prompt"]), completion: row["completion"],
      finishReason: row["finishReason"], promptTokens: row["promptTokens"],
      completionTokens: row["completionTokens"], regenerates: row["regenerates"],
      safety: row["safety"])
  }

  /// Writes the response, unless one of that name is there.
  ///
  /// - Returns: Whether it is new.
  func insert(into database: Database) throws -> Bool {
    try database.cachedStatement(
      sql: """
        INSERT INTO response (id, createdAt, model, policy, arm, exposure, user, prompt, completion,
          finishReason, promptTokens, completionTokens, regenerates, safety)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
        """
    ).execute(
      arguments: [
        id.storable, createdAt.stamp, model.storable, policy.storable, arm?.storable,
        exposure?.storable, user?.storable, prompt.json, completion.storable,
        finishReason.storable, promptTokens, completionTokens, regenerates?.storable,
        safety?.storable,
      ])
    return database.changesCount == 1
  }
}

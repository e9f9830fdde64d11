public import Endpoints
internal import PreferenceData

/// A server that is sent `{"rows": [{"prompt", "completion", …}, …]}`, with the further fields of each
/// prompt's row, and answers `{"scores": […]}` with a number a row, or null for nothing to say.
public struct EndpointReward: Reward {
  /// What the reward is called in metrics and errors.
  public let name: String
  private let endpoint: HTTPEndpoint

  /// A reward by a server.
  ///
  /// - Parameters:
  ///   - name: What it is called in metrics and errors.
  ///   - endpoint: What answers.
  public init(name: String = "endpoint", endpoint: HTTPEndpoint) {
    self.name = name
    self.endpoint = endpoint
  }

  /// Asks the server about the whole batch at once.
  ///
  /// - Parameter batch: Completions with their prompts.
  /// - Returns: One score a completion.
  /// - Throws: `EndpointError`.
  public func scores(of batch: [RewardedCompletion]) async throws -> [Double?] {
    guard !batch.isEmpty else { return [] }
    let answer = try await endpoint.post(["rows": .array(batch.map { .object($0.row) })])
    guard case .object(let object) = answer, case .array(let values) = object["scores"],
      values.count == batch.count
    else { throw wrong(answer, count: batch.count) }
    return try values.map { value in
      switch value {
      case .number(let score): score
      case .null: nil
      default: throw wrong(answer, count: batch.count)
      }
    }
  }

  private func wrong(_ answer: JSONValue, count: Int) -> EndpointError {
    .wrongAnswer(
      address: endpoint.shownAddress, body: answer.text ?? "",
      allowed: "an object whose 'scores' is a list of \(count) numbers or nulls, one a row")
  }
}

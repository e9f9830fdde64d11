public import Endpoints
internal import PreferenceData

/// A program that reads JSON lines with `prompt` and `completion`, and the further fields of the
/// prompt's row, and answers each with a line that has `score`: a number, or null for nothing to say.
public struct ProgramReward: Reward {
  /// What the reward is called in metrics and errors.
  public let name: String
  private let program: JSONLinesProgram
  private let limit: Duration

  /// A reward by a program.
  ///
  /// - Parameters:
  ///   - name: What it is called in metrics and errors.
  ///   - program: What answers.
  ///   - limit: How long a batch may take.
  public init(name: String = "program", program: JSONLinesProgram, limit: Duration = .seconds(60)) {
    self.name = name
    self.program = program
    self.limit = limit
  }

  /// Asks the program.
  ///
  /// - Parameter batch: Completions with their prompts.
  /// - Returns: One score a completion.
  /// - Throws: `ProgramError`.
  public func scores(of batch: [RewardedCompletion]) async throws -> [Double?] {
    try await program.numbers("score", for: batch.map(\.row), within: limit)
  }
}

extension RewardedCompletion {
  /// What those who score elsewhere are told.
  var row: JSONObject {
    var row: JSONObject = ["prompt": .string(prompt), "completion": .string(completion)]
    for member in fields.members where row[member.name] == nil {
      row.set(member.name, to: member.value)
    }
    return row
  }
}

internal import PreferenceData

/// A completion that a run has kept for people to read: a row of its `completions.jsonl`.
public struct RecordedSample: Sendable, Hashable {
  /// The step that sampled it.
  public var step: Int
  /// What it answers.
  public var prompt: String
  /// What the policy said.
  public var completion: String
  /// What it was worth; `nil` where nothing had anything to say.
  public var reward: Double?
  /// Its length in tokens.
  public var tokens: Int?
  /// Whether the limit of length has cut it.
  public var isCut: Bool

  /// Reads a row; `nil` for one that lacks a step, a prompt or a completion.
  init?(row: JSONObject) {
    guard let step = row.number("step").flatMap(Int.init(exactly:)),
      case .string(let prompt)? = row["prompt"],
      case .string(let completion)? = row["completion"]
    else { return nil }
    self.step = step
    self.prompt = prompt
    self.completion = completion
    reward = row.number("reward")
    tokens = row.number("tokens").flatMap(Int.init(exactly:))
    isCut = row["finish_reason"] == .string("length")
  }

  /// The rows of a file, and the lines that are none. A last line without a line feed is what a killed
  /// process leaves; it is not counted.
  static func all(in bytes: [UInt8]) -> (samples: [RecordedSample], malformed: [Int]) {
    guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return ([], []) }
    var (samples, malformed): ([RecordedSample], [Int]) = ([], [])
    let lines = bytes[..<end].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if case .object(let row)? = JSONValue(parsing: Array(line)),
        let sample = RecordedSample(row: row)
      {
        samples.append(sample)
      } else {
        malformed.append(index + 1)
      }
    }
    return (samples, malformed)
  }
}

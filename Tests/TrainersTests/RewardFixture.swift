import Foundation
import Testing

/// What scripts/record/reward.py wrote: one-label classifiers of three families, eight pairs with
/// margins, and what TRL 1.16.0 and transformers 5.23.0 made of them.
enum RewardFixture {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/reward").path

  static let pairs = "\(folder)/pairs.jsonl"
  static let evaluation = "\(folder)/evaluation.jsonl"
  static let llama = "\(folder)/llama"

  /// One of the eight pairs.
  struct Row: Codable {
    var prompt: String
    var chosen: String
    var rejected: String
    var margin: Double?
    var weight: Double?
    var agreement: Double?
    var paraphrase: String?
  }

  static func rows(margins: Bool = false) throws -> [Row] {
    try rows(of: pairs).map { row in
      var row = row
      if !margins { row.margin = nil }
      return row
    }
  }

  static func rows(of path: String) throws -> [Row] {
    try Data(contentsOf: URL(filePath: path)).split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(Row.self, from: $0)
    }
  }

  /// Three completions of one prompt with their ranks.
  struct RankedRow: Codable {
    var prompt: String
    var completions: [String]
    var ranking: [Int]
  }

  /// Rankings made of the pairs: three completions each, the last with a tie.
  static func rankings() throws -> [RankedRow] {
    let rows = try rows()
    return rows.indices.map { index in
      let other = rows[(index + 3) % rows.count].rejected
      return RankedRow(
        prompt: rows[index].prompt,
        completions: [rows[index].rejected, rows[index].chosen, other],
        ranking: index == rows.count - 1 ? [2, 1, 2] : [2, 1, 3])
    }
  }

  /// The directory of a recorded classifier with the tokenizer, which one family has and all share.
  static func model(_ family: String, in folder: TemporaryFolder) throws -> String {
    let directory = folder.path("model-\(family)")
    if FileManager.default.fileExists(atPath: directory) { return directory }
    try FileManager.default.copyItem(atPath: "\(Self.folder)/\(family)", toPath: directory)
    for file in ["tokenizer.json", "tokenizer_config.json"]
    where !FileManager.default.fileExists(atPath: "\(directory)/\(file)") {
      try FileManager.default.copyItem(atPath: "\(llama)/\(file)", toPath: "\(directory)/\(file)")
    }
    return directory
  }
}

/// `expected.json`.
struct RewardRecording: Decodable {
  /// A recorded run.
  struct Case: Decodable {
    struct Settings: Decodable {
      var family: String
      var has_margin: Bool
      var learning_rate: Double
      var weight_decay: Double
      var max_grad_norm: Double
      var max_length: Int
      var batch_size: Int
      var gradient_accumulation_steps: Int
      var max_steps: Int
      var center_rewards_coefficient: Double?
    }
    var name: String
    var settings: Settings
    var rows_kept: Int
    /// Under TRL's names, not rounded.
    var steps: [[String: Double]]
    var evaluation: [String: Double]
    /// Of the recorded rows, by the trained model.
    var scores: [Double]
  }
  struct Tokens: Decodable {
    var chosen_ids: [Int32]
    var rejected_ids: [Int32]
  }
  struct Row: Decodable {
    var ids: [Int32]
  }
  struct Untrained: Decodable {
    var family: String
    var scores: [Double]
  }

  var cases: [Case]
  var tokens: [Tokens]
  var rows: [Row]
  var untrained: [Untrained]

  static func read() throws -> RewardRecording {
    try JSONDecoder().decode(
      RewardRecording.self,
      from: Data(contentsOf: URL(filePath: "\(RewardFixture.folder)/expected.json")))
  }
}

extension RewardRecording.Case: CustomTestStringConvertible {
  var testDescription: String { name }
}

extension TemporaryFolder {
  /// Writes rows as JSON Lines and returns the file's path.
  func write(_ rows: [some Encodable], to name: String) throws -> String {
    let encoder = JSONEncoder()
    let lines = try rows.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }
    return try write(lines.joined(), to: name)
  }
}
